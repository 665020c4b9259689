package pregao.strategy.backtest;

import java.time.Instant;

import tools.jackson.databind.node.ObjectNode;

import pregao.market.backtest.BacktestWindow;
import pregao.strategy.candle.CandleSeries;
import pregao.strategy.json.ExactJson;

/**
 * Describes the candles of a report as JSON.
 */
final class DatasetDescription {

    private DatasetDescription() {
    }

    static ObjectNode of(CandleSeries candles) {
        BacktestWindow range = candles.range();
        return ExactJson.createObject()
            .put("feed", candles.instrument().feed())
            .put("symbol", candles.instrument().symbol())
            .put("timeframe", "M1")
            .put("first", openTimeAt(candles, range.begin()))
            .put("last", openTimeAt(candles, range.end() - 1))
            .put("bars", range.end() - range.begin())
            .put("warm_up", range.begin() - range.warm())
            .put("gaps", candles.countGaps())
            .put("missing_minutes", candles.countMissingMinutes())
            .put("sha256", candles.sha256())
            .put("highest_revision", candles.highestRevision())
            .put("revised", candles.revised());
    }

    private static String openTimeAt(CandleSeries candles, int index) {
        return Instant.ofEpochMilli(candles.bars().times()[index]).toString();
    }

}
