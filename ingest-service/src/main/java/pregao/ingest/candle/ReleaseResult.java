package pregao.ingest.candle;

/**
 * Result of a release from quarantine, or of its undoing.
 *
 * @param candle the candle as stored
 * @param stored the records to publish
 * @param first whether the call changed anything
 */
record ReleaseResult(QuarantinedCandle candle, CandleWriteResult stored, boolean first) {
}
