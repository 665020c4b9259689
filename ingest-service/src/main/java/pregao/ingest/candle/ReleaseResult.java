package pregao.ingest.candle;

/**
 * A candle that a person let pass.
 *
 * @param candle as it is stored
 * @param stored what others must hear of it
 * @param first whether it was not released before
 */
record ReleaseResult(QuarantinedCandle candle, CandleWriteResult stored, boolean first) {
}
