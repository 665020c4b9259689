package pregao.aggregator.candle;

import java.util.List;

import pregao.contracts.candle.Candle;

/**
 * What came of putting candles.
 *
 * @param stored those that were inserted or replaced what was there, with their revision
 * @param refused those for which something else stands
 * @param closedBefore those that are forming here, but stand final
 */
public record Put(List<Candle> stored, List<Candle> refused, List<Candle> closedBefore) {

    public Put {
        stored = List.copyOf(stored);
        refused = List.copyOf(refused);
        closedBefore = List.copyOf(closedBefore);
    }

}
