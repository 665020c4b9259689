package pregao.strategy.backtest;

import java.time.Instant;

import tools.jackson.databind.node.ObjectNode;

import pregao.market.backtest.BacktestWindow;
import pregao.strategy.candle.CandleSeries;
import pregao.strategy.json.ExactJson;

/**
 * On which data a report rests.
 */
final class DatasetDescription {

    private DatasetDescription() {
    }

    static ObjectNode of(CandleSeries minutes) {
        BacktestWindow range = minutes.range();
        return ExactJson.object()
            .put("feed", minutes.instrument().feed())
            .put("symbol", minutes.instrument().symbol())
            .put("timeframe", "M1")
            .put("first", time(minutes, range.begin()))
            .put("last", time(minutes, range.end() - 1))
            .put("bars", range.end() - range.begin())
            .put("warm_up", range.begin() - range.warm())
            .put("gaps", minutes.countGaps())
            .put("missing_minutes", minutes.countMissingMinutes())
            .put("sha256", minutes.sha256())
            .put("highest_revision", minutes.highestRevision())
            .put("revised", minutes.revised());
    }

    private static String time(CandleSeries minutes, int place) {
        return Instant.ofEpochMilli(minutes.bars().times()[place]).toString();
    }

}
