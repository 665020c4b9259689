package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestReport;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.EquityCurve;
import pregao.market.backtest.ParameterSweep;
import pregao.market.backtest.WalkForward;
import pregao.market.backtest.WalkForwardFold;
import pregao.market.option.OptionBacktest;
import pregao.market.option.OptionReport;
import pregao.strategy.candle.CandleSeries;
import pregao.strategy.job.ProgressListener;
import pregao.strategy.json.ExactJson;

/**
 * Runs the method of a request on loaded candles.
 */
final class BacktestRunner {

    private static final String STAGE = "trying";

    private final BacktestProperties properties;

    private final CandleSeries candles;

    private final ProgressListener progress;

    BacktestRunner(BacktestProperties properties, CandleSeries candles, ProgressListener progress) {
        this.properties = properties;
        this.candles = candles;
        this.progress = progress;
    }

    BacktestResult run(BacktestRequest request) {
        this.progress.report(STAGE, 0, 1);
        return switch (request.method()) {
            case BacktestRequest.Single single -> runSingle(single.settings(), ExactJson.createObject());
            case BacktestRequest.Sweep sweep -> runSweep(sweep);
            case BacktestRequest.WalkForward walkForward -> runWalkForward(request.folds(walkForward), walkForward);
            case BacktestRequest.Options options -> runOptions(options);
        };
    }

    private BacktestResult runSingle(BacktestConfig config, ObjectNode parts) {
        BacktestWindow range = this.candles.range();
        EquityCurve curve = new EquityCurve(range.end() - range.begin());
        BacktestReport report = new Backtest(config).run(this.candles.bars(), range, curve);
        return toResult(parts, report, curve);
    }

    private BacktestResult toResult(ObjectNode parts, BacktestReport report, EquityCurve curve) {
        parts.set("result", ReportMetricsJson.toJson(report));
        List<String> trades = BacktestTradeMapper.spotTradesToJson(report.trades(), this.properties.maxTrades());
        parts.put("trades_kept", trades.size());
        parts.set("equity", ReportMetricsJson.curveToJson(curve));
        ObjectNode summary = ExactJson.createObject();
        summary.put("trades", report.count()).put("profit", ExactJson.normalize(report.profit()));
        ReportMetricsJson.putNumberOrNull(summary, "return", report.returned());
        ReportMetricsJson.putNumberOrNull(summary, "drawdown", report.drawdown());
        ReportMetricsJson.putNumberOrNull(summary, "sharpe", report.sharpe());
        return new BacktestResult(parts, summary, trades);
    }

    private BacktestResult runSweep(BacktestRequest.Sweep sweep) {
        List<Map<String, BigDecimal>> points = sweep.search().selectPoints();
        List<BacktestConfig> configs = ParameterBinder.bindAll(sweep.settings(), points, this.progress);
        List<BacktestReport> reports = ParameterSweep.run(configs, this.candles.bars(), this.candles.range(),
                this.properties.parallelism(), (done) -> this.progress.report(STAGE, done, configs.size()));
        SweepRanking ranking = new SweepRanking(sweep.search(), points, reports);
        ObjectNode parts = ExactJson.createObject();
        parts.set("sweep", ranking.toJson());
        if (ranking.bestIndex() >= 0) {
            return withPointCount(runSingle(configs.get(ranking.bestIndex()), parts), configs.size());
        }
        parts.putNull("result");
        parts.put("trades_kept", 0);
        return withPointCount(new BacktestResult(parts, ExactJson.createObject(), List.of()), configs.size());
    }

    private static BacktestResult withPointCount(BacktestResult result, int points) {
        result.summary().put("points", points);
        return result;
    }

    private BacktestResult runWalkForward(List<WalkForwardFold> folds, BacktestRequest.WalkForward walkForward) {
        List<Map<String, BigDecimal>> points = walkForward.search().selectPoints();
        List<BacktestConfig> configs = ParameterBinder.bindAll(walkForward.settings(), points, this.progress);
        BacktestWindow range = this.candles.range();
        EquityCurve curve = new EquityCurve(range.end() - BacktestWindow
            .of(this.candles.bars(), folds.getFirst().split(), folds.getLast().end(),
                    walkForward.settings().strategy().timeframe())
            .begin());
        WalkForward.WalkForwardResult result = new WalkForward(configs, walkForward.search().by(),
                walkForward.search().least())
            .run(this.candles.bars(), folds, this.properties.parallelism(), curve,
                    (done) -> this.progress.report(STAGE, done, (long) folds.size() * configs.size()));
        ObjectNode parts = ExactJson.createObject();
        parts.put("points", configs.size());
        ArrayNode foldNodes = parts.putArray("folds");
        result.stages().forEach((stage) -> foldNodes.add(foldToJson(stage, points)));
        return withPointCount(toResult(parts, result.report(), curve), configs.size());
    }

    private static ObjectNode foldToJson(WalkForward.Stage stage, List<Map<String, BigDecimal>> points) {
        ObjectNode node = ExactJson.createObject();
        node.put("learned_from", Instant.ofEpochMilli(stage.fold().begin()).toString());
        node.put("tried_from", Instant.ofEpochMilli(stage.fold().split()).toString());
        node.put("tried_to", Instant.ofEpochMilli(stage.fold().end()).toString());
        if (stage.learned() == null || stage.tried() == null) {
            node.putNull("values");
            node.put("reason", "no point made enough trades to be chosen, so nothing was traded");
            return node;
        }
        ObjectNode values = node.putObject("values");
        points.get(stage.best()).forEach((path, value) -> values.put(path, ExactJson.normalize(value)));
        node.set("learned", ReportMetricsJson.toJson(stage.learned()));
        node.set("tried", ReportMetricsJson.toJson(stage.tried()));
        return node;
    }

    private BacktestResult runOptions(BacktestRequest.Options options) {
        OptionReport report = OptionBacktest.run(options.settings(), this.candles.bars(), this.candles.range());
        ObjectNode parts = ExactJson.createObject();
        parts.set("result", ReportMetricsJson.toJson(report));
        List<String> trades = BacktestTradeMapper.optionTradesToJson(report.trades(), this.properties.maxTrades());
        parts.put("trades_kept", trades.size());
        parts.set("equity", OptionEquityCurve.of(options.settings().capital(), report.trades()));
        ObjectNode summary = ExactJson.createObject();
        summary.put("options", report.trades().size()).put("profit", ExactJson.normalize(report.profit()));
        ReportMetricsJson.putNumberOrNull(summary, "return", report.returned());
        ReportMetricsJson.putNumberOrNull(summary, "drawdown", report.drawdown());
        ReportMetricsJson.putNumberOrNull(summary, "cycle_rate", report.settled().rate());
        summary.put("sample", report.settled().sample());
        ReportMetricsJson.putNumberOrNull(summary, "chance", report.settled().chance());
        ReportMetricsJson.putNumberOrNull(summary, "break_even", report.settled().breakEven());
        return new BacktestResult(parts, summary, trades);
    }

}
