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
 * Does what a trial asks for on minutes that were read.
 */
final class BacktestRunner {

    private static final String STAGE = "trying";

    private final BacktestProperties limits;

    private final CandleSeries minutes;

    private final ProgressListener progress;

    BacktestRunner(BacktestProperties limits, CandleSeries minutes, ProgressListener progress) {
        this.limits = limits;
        this.minutes = minutes;
        this.progress = progress;
    }

    BacktestResult run(BacktestRequest trial) {
        this.progress.at(STAGE, 0, 1);
        return switch (trial.method()) {
            case BacktestRequest.Single single -> single(single.settings(), ExactJson.object());
            case BacktestRequest.Sweep swept -> swept(swept);
            case BacktestRequest.WalkForward walked -> walked(trial.folds(walked), walked);
            case BacktestRequest.Options options -> options(options);
        };
    }

    private BacktestResult single(BacktestConfig settings, ObjectNode parts) {
        BacktestWindow range = this.minutes.range();
        EquityCurve curve = new EquityCurve(range.end() - range.begin());
        BacktestReport report = new Backtest(settings).run(this.minutes.bars(), range, curve);
        return finding(parts, report, curve);
    }

    private BacktestResult finding(ObjectNode parts, BacktestReport report, EquityCurve curve) {
        parts.set("result", ReportMetricsJson.of(report));
        List<String> trades = BacktestTradeMapper.spot(report.trades(), this.limits.maxTrades());
        parts.put("trades_kept", trades.size());
        parts.set("equity", ReportMetricsJson.curve(curve));
        ObjectNode summary = ExactJson.object();
        summary.put("trades", report.count()).put("profit", ExactJson.plain(report.profit()));
        ReportMetricsJson.put(summary, "return", report.returned());
        ReportMetricsJson.put(summary, "drawdown", report.drawdown());
        ReportMetricsJson.put(summary, "sharpe", report.sharpe());
        return new BacktestResult(parts, summary, trades);
    }

    private BacktestResult swept(BacktestRequest.Sweep swept) {
        List<Map<String, BigDecimal>> chosen = swept.search().chosen();
        List<BacktestConfig> points = ParameterBinder.all(swept.settings(), chosen, this.progress);
        List<BacktestReport> reports = ParameterSweep.run(points, this.minutes.bars(), this.minutes.range(),
                this.limits.atOnce(), (done) -> this.progress.at(STAGE, done, points.size()));
        SweepRanking ranked = new SweepRanking(swept.search(), chosen, reports);
        ObjectNode parts = ExactJson.object();
        parts.set("sweep", ranked.write());
        if (ranked.best() >= 0) {
            return tried(single(points.get(ranked.best()), parts), points.size());
        }
        parts.putNull("result");
        parts.put("trades_kept", 0);
        return tried(new BacktestResult(parts, ExactJson.object(), List.of()), points.size());
    }

    private static BacktestResult tried(BacktestResult finding, int points) {
        finding.summary().put("points", points);
        return finding;
    }

    private BacktestResult walked(List<WalkForwardFold> folds, BacktestRequest.WalkForward walked) {
        List<Map<String, BigDecimal>> chosen = walked.search().chosen();
        List<BacktestConfig> points = ParameterBinder.all(walked.settings(), chosen, this.progress);
        BacktestWindow range = this.minutes.range();
        EquityCurve curve = new EquityCurve(range.end() - BacktestWindow
            .of(this.minutes.bars(), folds.getFirst().split(), folds.getLast().end(),
                    walked.settings().strategy().timeframe())
            .begin());
        WalkForward.WalkForwardResult all = new WalkForward(points, walked.search().by(), walked.search().least()).run(
                this.minutes.bars(), folds, this.limits.atOnce(), curve,
                (done) -> this.progress.at(STAGE, done, (long) folds.size() * points.size()));
        ObjectNode parts = ExactJson.object();
        parts.put("points", points.size());
        ArrayNode stages = parts.putArray("folds");
        all.stages().forEach((stage) -> stages.add(stage(stage, chosen)));
        return tried(finding(parts, all.report(), curve), points.size());
    }

    private static ObjectNode stage(WalkForward.Stage stage, List<Map<String, BigDecimal>> chosen) {
        ObjectNode node = ExactJson.object();
        node.put("learned_from", Instant.ofEpochMilli(stage.fold().begin()).toString());
        node.put("tried_from", Instant.ofEpochMilli(stage.fold().split()).toString());
        node.put("tried_to", Instant.ofEpochMilli(stage.fold().end()).toString());
        if (stage.learned() == null || stage.tried() == null) {
            node.putNull("values");
            node.put("reason", "no point made enough trades to be chosen, so nothing was traded");
            return node;
        }
        ObjectNode values = node.putObject("values");
        chosen.get(stage.best()).forEach((path, value) -> values.put(path, ExactJson.plain(value)));
        node.set("learned", ReportMetricsJson.of(stage.learned()));
        node.set("tried", ReportMetricsJson.of(stage.tried()));
        return node;
    }

    private BacktestResult options(BacktestRequest.Options options) {
        OptionReport report = OptionBacktest.run(options.settings(), this.minutes.bars(), this.minutes.range());
        ObjectNode parts = ExactJson.object();
        parts.set("result", ReportMetricsJson.of(report));
        List<String> trades = BacktestTradeMapper.options(report.trades(), this.limits.maxTrades());
        parts.put("trades_kept", trades.size());
        parts.set("equity", OptionEquityCurve.of(options.settings().capital(), report.trades()));
        ObjectNode summary = ExactJson.object();
        summary.put("options", report.trades().size()).put("profit", ExactJson.plain(report.profit()));
        ReportMetricsJson.put(summary, "return", report.returned());
        ReportMetricsJson.put(summary, "drawdown", report.drawdown());
        ReportMetricsJson.put(summary, "cycle_rate", report.settled().rate());
        summary.put("sample", report.settled().sample());
        ReportMetricsJson.put(summary, "chance", report.settled().chance());
        ReportMetricsJson.put(summary, "break_even", report.settled().breakEven());
        return new BacktestResult(parts, summary, trades);
    }

}
