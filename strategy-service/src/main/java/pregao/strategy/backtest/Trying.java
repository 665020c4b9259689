package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestSettings;
import pregao.market.backtest.Curve;
import pregao.market.backtest.Fold;
import pregao.market.backtest.Range;
import pregao.market.backtest.Report;
import pregao.market.backtest.Sweep;
import pregao.market.backtest.WalkForward;
import pregao.market.option.OptionBacktest;
import pregao.market.option.OptionReport;
import pregao.strategy.candle.Minutes;
import pregao.strategy.document.Json;
import pregao.strategy.job.Progress;

/**
 * Does what a trial asks for on minutes that were read.
 */
final class Trying {

    private static final String STAGE = "trying";

    private final BacktestLimits limits;

    private final Minutes minutes;

    private final Progress progress;

    Trying(BacktestLimits limits, Minutes minutes, Progress progress) {
        this.limits = limits;
        this.minutes = minutes;
        this.progress = progress;
    }

    Finding run(Trial trial) {
        this.progress.at(STAGE, 0, 1);
        return switch (trial.method()) {
            case Trial.Single single -> single(single.settings(), Json.object());
            case Trial.Swept swept -> swept(swept);
            case Trial.Walked walked -> walked(trial.folds(walked), walked);
            case Trial.Options options -> options(options);
        };
    }

    private Finding single(BacktestSettings settings, ObjectNode parts) {
        Range range = this.minutes.range();
        Curve curve = new Curve(range.end() - range.begin());
        Report report = new Backtest(settings).run(this.minutes.bars(), range, curve);
        return finding(parts, report, curve);
    }

    private Finding finding(ObjectNode parts, Report report, Curve curve) {
        parts.set("result", Figures.of(report));
        List<String> trades = Trades.spot(report.trades(), this.limits.trades());
        parts.put("trades_kept", trades.size());
        parts.set("equity", Figures.curve(curve));
        ObjectNode summary = Json.object();
        summary.put("trades", report.count()).put("profit", Json.plain(report.profit()));
        Figures.put(summary, "return", report.returned());
        Figures.put(summary, "drawdown", report.drawdown());
        Figures.put(summary, "sharpe", report.sharpe());
        return new Finding(parts, summary, trades);
    }

    private Finding swept(Trial.Swept swept) {
        List<Map<String, BigDecimal>> chosen = swept.search().chosen();
        List<BacktestSettings> points = Points.all(swept.settings(), chosen, this.progress);
        List<Report> reports = Sweep.run(points, this.minutes.bars(), this.minutes.range(), this.limits.atOnce(),
                (done) -> this.progress.at(STAGE, done, points.size()));
        Ranked ranked = new Ranked(swept.search(), chosen, reports);
        ObjectNode parts = Json.object();
        parts.set("sweep", ranked.write());
        if (ranked.best() >= 0) {
            return tried(single(points.get(ranked.best()), parts), points.size());
        }
        parts.putNull("result");
        parts.put("trades_kept", 0);
        return tried(new Finding(parts, Json.object(), List.of()), points.size());
    }

    private static Finding tried(Finding finding, int points) {
        finding.summary().put("points", points);
        return finding;
    }

    private Finding walked(List<Fold> folds, Trial.Walked walked) {
        List<Map<String, BigDecimal>> chosen = walked.search().chosen();
        List<BacktestSettings> points = Points.all(walked.settings(), chosen, this.progress);
        Range range = this.minutes.range();
        Curve curve = new Curve(range.end() - Range
            .of(this.minutes.bars(), folds.getFirst().split(), folds.getLast().end(),
                    walked.settings().strategy().timeframe())
            .begin());
        WalkForward.Walked all = new WalkForward(points, walked.search().by(), walked.search().least()).run(
                this.minutes.bars(), folds, this.limits.atOnce(), curve,
                (done) -> this.progress.at(STAGE, done, (long) folds.size() * points.size()));
        ObjectNode parts = Json.object();
        parts.put("points", points.size());
        ArrayNode stages = parts.putArray("folds");
        all.stages().forEach((stage) -> stages.add(stage(stage, chosen)));
        return tried(finding(parts, all.report(), curve), points.size());
    }

    private static ObjectNode stage(WalkForward.Stage stage, List<Map<String, BigDecimal>> chosen) {
        ObjectNode node = Json.object();
        node.put("learned_from", Instant.ofEpochMilli(stage.fold().begin()).toString());
        node.put("tried_from", Instant.ofEpochMilli(stage.fold().split()).toString());
        node.put("tried_to", Instant.ofEpochMilli(stage.fold().end()).toString());
        if (stage.learned() == null || stage.tried() == null) {
            node.putNull("values");
            node.put("reason", "no point made enough trades to be chosen, so nothing was traded");
            return node;
        }
        ObjectNode values = node.putObject("values");
        chosen.get(stage.best()).forEach((path, value) -> values.put(path, Json.plain(value)));
        node.set("learned", Figures.of(stage.learned()));
        node.set("tried", Figures.of(stage.tried()));
        return node;
    }

    private Finding options(Trial.Options options) {
        OptionReport report = OptionBacktest.run(options.settings(), this.minutes.bars(), this.minutes.range());
        ObjectNode parts = Json.object();
        parts.set("result", Figures.of(report));
        List<String> trades = Trades.options(report.trades(), this.limits.trades());
        parts.put("trades_kept", trades.size());
        parts.set("equity", OptionCurve.of(options.settings().capital(), report.trades()));
        ObjectNode summary = Json.object();
        summary.put("options", report.trades().size()).put("profit", Json.plain(report.profit()));
        Figures.put(summary, "return", report.returned());
        Figures.put(summary, "drawdown", report.drawdown());
        Figures.put(summary, "cycle_rate", report.settled().rate());
        summary.put("sample", report.settled().sample());
        Figures.put(summary, "chance", report.settled().chance());
        Figures.put(summary, "break_even", report.settled().breakEven());
        return new Finding(parts, summary, trades);
    }

}
