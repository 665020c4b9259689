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
 * Maps the metrics of reports to JSON. Undefined metrics are null, and the field {@code
 * undefined} gives the reasons.
 */
final class ReportMetricsJson {

    private final ObjectNode node = ExactJson.createObject();

    private final ObjectNode undefined = ExactJson.createObject();

    private ReportMetricsJson() {
    }

    static ObjectNode toJson(BacktestReport report) {
        ReportMetricsJson metrics = new ReportMetricsJson();
        metrics.node.put("bars", report.bars()).put("days", report.daily().days()).put("trades", report.count());
        metrics.node.put("profit", ExactJson.normalize(report.profit()));
        metrics.putNumber("return", report.returned(), "");
        metrics.putNumber("drawdown", report.drawdown(), "");
        metrics.putNumber("exposure", report.exposure(), "");
        metrics.putNumber("sharpe", report.sharpe(), "there are fewer than two days, or nothing moved");
        metrics.putNumber("sortino", report.sortino(), "there are fewer than two days, or none of them lost");
        metrics.putNumber("profit_factor", report.profitFactor(), "no trade lost");
        metrics.putDecimal("expectancy", (report.count() > 0) ? report.expectancy() : null, "there are no trades");
        metrics.node.put("wins", report.wins());
        metrics.putNumber("win_rate", report.winRate(), "there are no trades");
        metrics.putNumber("chance", report.chance(), "there are no wins, or no losses, before fees");
        metrics.putNumber("break_even", report.breakEven(), "there are no wins, or no losses");
        metrics.putInterval(report.interval());
        metrics.putNumber("skewness", report.daily().skewness(), "there are fewer than two days, or nothing moved");
        metrics.putNumber("kurtosis", report.daily().kurtosis(), "there are fewer than two days, or nothing moved");
        metrics.node.put("ambiguous", report.ambiguous());
        if (report.brokeAt() != null) {
            metrics.node.put("out_of_money_at", Instant.ofEpochMilli(report.brokeAt()).toString());
        }
        return metrics.build();
    }

    static ObjectNode toJson(OptionReport report) {
        ReportMetricsJson metrics = new ReportMetricsJson();
        metrics.node.put("bars", report.bars())
            .put("options", report.trades().size())
            .put("cycles", report.cycles().size())
            .put("profit", ExactJson.normalize(report.profit()));
        metrics.putNumber("return", report.returned(), "");
        metrics.putNumber("drawdown", report.drawdown(), "");
        metrics.putDecimal("expectancy", report.settled().sample() > 0 ? report.expectancy() : null,
                "no cycle was won or lost");
        metrics.node.set("cycle_rate", toJson(report.settled()));
        metrics.node.set("option_rate", toJson(report.entries()));
        ArrayNode wonAt = metrics.node.putArray("won_at");
        report.wonAt().forEach(wonAt::add);
        metrics.node.put("equal", report.equal())
            .put("void", report.ended(CycleResult.Reason.VOID))
            .put("missed", report.ended(CycleResult.Reason.MISSED))
            .put("out_of_money", report.refused());
        return metrics.build();
    }

    private static ObjectNode toJson(OptionReport.Rate rate) {
        ReportMetricsJson metrics = new ReportMetricsJson();
        metrics.node.put("wins", rate.wins()).put("sample", rate.sample());
        metrics.putNumber("rate", rate.rate(), "there is no sample");
        metrics.putNumber("chance", rate.chance(), "there is no sample");
        metrics.putNumber("break_even", rate.breakEven(), "");
        metrics.putInterval(rate.interval());
        return metrics.build();
    }

    private void putInterval(ConfidenceInterval interval) {
        this.node.putArray("interval").add(interval.low()).add(interval.high());
    }

    static ArrayNode curveToJson(EquityCurve curve) {
        ArrayNode points = ExactJson.createObject().putArray("equity");
        for (EquityCurve.Point point : curve.points()) {
            points.addObject()
                .put("time", Instant.ofEpochMilli(point.time()).toString())
                .put("equity", point.equity())
                .put("low", point.low());
        }
        return points;
    }

    /** Puts a number, or null if it is not finite. Does not give a reason. */
    static void putNumberOrNull(ObjectNode node, String field, double value) {
        if (Double.isFinite(value)) {
            node.put(field, value);
        }
        else {
            node.putNull(field);
        }
    }

    private void putNumber(String field, double value, String reason) {
        putNumberOrNull(this.node, field, value);
        if (!Double.isFinite(value)) {
            this.undefined.put(field, reason);
        }
    }

    private void putDecimal(String field, @Nullable BigDecimal value, String reason) {
        if (value != null) {
            this.node.put(field, ExactJson.normalize(value));
        }
        else {
            this.node.putNull(field);
            this.undefined.put(field, reason);
        }
    }

    private ObjectNode build() {
        if (!this.undefined.isEmpty()) {
            this.node.set("undefined", this.undefined);
        }
        return this.node;
    }

}
