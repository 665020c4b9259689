package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.market.backtest.BacktestReport;
import pregao.market.backtest.EquityCurve;
import pregao.market.option.CycleResult;
import pregao.market.option.OptionReport;
import pregao.market.statistics.ConfidenceInterval;
import pregao.strategy.json.ExactJson;

/**
 * Numbers of reports as JSON. What is not defined is null, and {@code undefined} says
 * why.
 */
final class ReportMetricsJson {

    private final ObjectNode node = ExactJson.object();

    private final ObjectNode undefined = ExactJson.object();

    private ReportMetricsJson() {
    }

    static ObjectNode of(BacktestReport report) {
        ReportMetricsJson figures = new ReportMetricsJson();
        figures.node.put("bars", report.bars()).put("days", report.daily().days()).put("trades", report.count());
        figures.node.put("profit", ExactJson.plain(report.profit()));
        figures.number("return", report.returned(), "");
        figures.number("drawdown", report.drawdown(), "");
        figures.number("exposure", report.exposure(), "");
        figures.number("sharpe", report.sharpe(), "there are fewer than two days, or nothing moved");
        figures.number("sortino", report.sortino(), "there are fewer than two days, or none of them lost");
        figures.number("profit_factor", report.profitFactor(), "no trade lost");
        figures.decimal("expectancy", (report.count() > 0) ? report.expectancy() : null, "there are no trades");
        figures.node.put("wins", report.wins());
        figures.number("win_rate", report.winRate(), "there are no trades");
        figures.number("chance", report.chance(), "there are no wins, or no losses, before fees");
        figures.number("break_even", report.breakEven(), "there are no wins, or no losses");
        figures.interval(report.interval());
        figures.number("skewness", report.daily().skewness(), "there are fewer than two days, or nothing moved");
        figures.number("kurtosis", report.daily().kurtosis(), "there are fewer than two days, or nothing moved");
        figures.node.put("ambiguous", report.ambiguous());
        if (report.brokeAt() != null) {
            figures.node.put("out_of_money_at", Instant.ofEpochMilli(report.brokeAt()).toString());
        }
        return figures.end();
    }

    static ObjectNode of(OptionReport report) {
        ReportMetricsJson figures = new ReportMetricsJson();
        figures.node.put("bars", report.bars())
            .put("options", report.trades().size())
            .put("cycles", report.cycles().size())
            .put("profit", ExactJson.plain(report.profit()));
        figures.number("return", report.returned(), "");
        figures.number("drawdown", report.drawdown(), "");
        figures.decimal("expectancy", report.settled().sample() > 0 ? report.expectancy() : null,
                "no cycle was won or lost");
        figures.node.set("cycle_rate", of(report.settled()));
        figures.node.set("option_rate", of(report.entries()));
        ArrayNode won = figures.node.putArray("won_at");
        report.wonAt().forEach(won::add);
        figures.node.put("equal", report.equal())
            .put("void", report.ended(CycleResult.Reason.VOID))
            .put("missed", report.ended(CycleResult.Reason.MISSED))
            .put("out_of_money", report.refused());
        return figures.end();
    }

    private static ObjectNode of(OptionReport.Rate rate) {
        ReportMetricsJson figures = new ReportMetricsJson();
        figures.node.put("wins", rate.wins()).put("sample", rate.sample());
        figures.number("rate", rate.rate(), "there is no sample");
        figures.number("chance", rate.chance(), "there is no sample");
        figures.number("break_even", rate.breakEven(), "");
        figures.interval(rate.interval());
        return figures.end();
    }

    private void interval(ConfidenceInterval interval) {
        this.node.putArray("interval").add(interval.low()).add(interval.high());
    }

    static ArrayNode curve(EquityCurve curve) {
        ArrayNode points = ExactJson.object().putArray("equity");
        for (EquityCurve.Point point : curve.points()) {
            points.addObject()
                .put("time", Instant.ofEpochMilli(point.time()).toString())
                .put("equity", point.equity())
                .put("low", point.low());
        }
        return points;
    }

    /** A number that may be none, alone. */
    static void put(ObjectNode node, String field, double value) {
        if (Double.isFinite(value)) {
            node.put(field, value);
        }
        else {
            node.putNull(field);
        }
    }

    private void number(String field, double value, String reason) {
        put(this.node, field, value);
        if (!Double.isFinite(value)) {
            this.undefined.put(field, reason);
        }
    }

    private void decimal(String field, @Nullable BigDecimal value, String reason) {
        if (value != null) {
            this.node.put(field, ExactJson.plain(value));
        }
        else {
            this.node.putNull(field);
            this.undefined.put(field, reason);
        }
    }

    private ObjectNode end() {
        if (!this.undefined.isEmpty()) {
            this.node.set("undefined", this.undefined);
        }
        return this.node;
    }

}
