package pregao.market.tick;

/**
 * Where a tick is in a neighborhood.
 *
 * @param held whether it is among the held ones of its minute
 * @param minute which of the minutes, from 0
 * @param index of the tick in the minute, from 0
 */
public record TickPosition(boolean held, int minute, int index) {
}
