package pregao.aggregator.candle;

import java.util.List;

import pregao.contracts.candle.Candle;

/**
 * The result of storing candles.
 *
 * @param stored candles that were inserted or updated, and provided ones that became
 * final by succession, with their revisions
 * @param refused candles that were not stored because another one takes precedence
 * @param closedBefore candles that are forming in the call but stored as final
 * @param withdrawn candles that were withdrawn, with their last values and the next
 * revision
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
