package pregao.aggregator.tick;

/**
 * What became of ticks of one record and one minute.
 *
 * @param accepted how many are new and make the candle
 * @param held how many are new and in quarantine
 */
public record AddedTicks(int accepted, int held) {
}
