package pregao.system.ea;

/**
 * What a terminal saw.
 *
 * @param time epoch milliseconds, UTC
 * @param bid in points
 * @param ask in points
 */
public record Quote(long time, long bid, long ask) {
}
