package pregao.ingest.candle;

/**
 * Conflict that a user accepted.
 *
 * @param conflict the conflict as stored
 * @param stored the records to publish
 */
record AcceptedConflict(StoredConflict conflict, CandleWriteResult stored) {
}
