package pregao.ingest.candle;

/**
 * A candle that a person let pass.
 *
 * @param candle as it is stored
 * @param stored what others must hear of it
 * @param first whether it was not released before
 */
record Released(HeldCandle candle, Stored stored, boolean first) {
}
