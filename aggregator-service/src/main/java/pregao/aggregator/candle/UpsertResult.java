package pregao.aggregator.candle;

import java.util.List;

import pregao.contracts.candle.Candle;

/**
 * What came of putting candles.
 *
 * @param stored those that were inserted or replaced what was there, and provided ones
 * that became final by succession, with their revision
 * @param refused those for which something else stands
 * @param closedBefore those that are forming here, but stand final
 * @param withdrawn those that are gone, as they stood last, with the next revision
 */
public record UpsertResult(List<Candle> stored, List<Candle> refused, List<Candle> closedBefore,
        List<Candle> withdrawn) {

    public UpsertResult {
        stored = List.copyOf(stored);
        refused = List.copyOf(refused);
        closedBefore = List.copyOf(closedBefore);
        withdrawn = List.copyOf(withdrawn);
    }

}
