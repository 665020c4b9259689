package pregao.devcluster.replay;

/**
 * A row of a file, ready to be sent.
 *
 * @param line its number in the file, the header being 1
 * @param symbol as it is sent
 * @param time epoch milliseconds
 * @param json the item of a request
 */
record CsvRow(long line, String symbol, long time, String json) {
}
