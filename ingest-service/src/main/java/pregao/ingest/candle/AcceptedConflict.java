package pregao.ingest.candle;

/**
 * A conflict that a person accepted.
 *
 * @param conflict as it is stored
 * @param stored what others must hear of
 */
record AcceptedConflict(StoredConflict conflict, CandleWriteResult stored) {
}
