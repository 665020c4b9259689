package pregao.aggregator.tick;

/**
 * The result of adding ticks of one record to one minute.
 *
 * @param accepted the number of new ticks that the candle is aggregated from
 * @param held the number of new ticks that went into quarantine
 */
public record AddedTicks(int accepted, int held) {
}
