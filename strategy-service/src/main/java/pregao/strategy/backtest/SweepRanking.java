package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.market.backtest.BacktestReport;
import pregao.market.statistics.DeflatedSharpeRatio;
import pregao.strategy.json.ExactJson;

/**
 * Ranks the points of a sweep by a metric, and estimates how much of the best result is
 * due to luck.
 */
final class SweepRanking {

    private static final double[] QUANTILES = { 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1 };

    private final BacktestRequest.ParameterSearch search;

    private final List<Map<String, BigDecimal>> points;

    private final List<BacktestReport> reports;

    private final int[] rankedIndexes;

    private final double[] sortedValues;

    SweepRanking(BacktestRequest.ParameterSearch search, List<Map<String, BigDecimal>> points,
            List<BacktestReport> reports) {
        this.search = search;
        this.points = points;
        this.reports = reports;
        this.rankedIndexes = IntStream.range(0, points.size())
            .filter((index) -> Double.isFinite(metricValue(index)))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer index) -> -metricValue(index)).thenComparing(Integer::compare))
            .mapToInt(Integer::intValue)
            .toArray();
        this.sortedValues = Arrays.stream(this.rankedIndexes).mapToDouble(this::metricValue).sorted().toArray();
    }

    /**
     * Returns the metric of a point; NaN if the point has too few trades to be ranked.
     */
    private double metricValue(int index) {
        BacktestReport report = this.reports.get(index);
        return (report.count() < this.search.least()) ? Double.NaN : this.search.by().of(report);
    }

    /** Returns the index of the best point; -1 if no point has enough trades. */
    int bestIndex() {
        return (this.rankedIndexes.length > 0) ? this.rankedIndexes[0] : -1;
    }

    ObjectNode toJson() {
        ObjectNode node = ExactJson.createObject();
        node.put("points", this.points.size());
        node.put("compared", this.rankedIndexes.length);
        node.put("profitable", (int) this.reports.stream().filter((report) -> report.profit().signum() > 0).count());
        node.put("by", this.search.by().text());
        node.set("spread", spreadToJson());
        node.set("luck", luckToJson());
        ArrayNode top = node.putArray("top");
        Arrays.stream(this.rankedIndexes).limit(this.search.top()).forEach((index) -> top.add(pointToJson(index)));
        return node;
    }

    private ObjectNode pointToJson(int index) {
        ObjectNode node = ExactJson.createObject();
        ObjectNode values = node.putObject("values");
        this.points.get(index).forEach((path, value) -> values.put(path, ExactJson.normalize(value)));
        node.put(this.search.by().text(), metricValue(index));
        node.set("result", ReportMetricsJson.toJson(this.reports.get(index)));
        return node;
    }

    private ObjectNode spreadToJson() {
        ObjectNode node = ExactJson.createObject();
        ReportMetricsJson.putNumberOrNull(node, "mean", Arrays.stream(this.sortedValues).average().orElse(Double.NaN));
        ReportMetricsJson.putNumberOrNull(node, "deviation", standardDeviation(this.sortedValues));
        ObjectNode quantiles = node.putObject("quantiles");
        for (double quantile : QUANTILES) {
            double value = (this.sortedValues.length > 0)
                    ? this.sortedValues[(int) Math.round(quantile * (this.sortedValues.length - 1))] : Double.NaN;
            ReportMetricsJson.putNumberOrNull(quantiles, Long.toString(Math.round(quantile * 100)), value);
        }
        return node;
    }

    /**
     * Computes the best Sharpe ratio that is expected if no point has any skill, and the
     * deflated Sharpe ratio of the best point (Bailey and López de Prado, 2014). The
     * theory covers only Sharpe ratios, so these values do not depend on the metric of
     * the ranking.
     */
    private ObjectNode luckToJson() {
        ObjectNode node = ExactJson.createObject();
        node.put("tried", this.points.size());
        double[] dailySharpes = Arrays.stream(this.rankedIndexes)
            .mapToDouble((index) -> this.reports.get(index).daily().sharpe())
            .filter(Double::isFinite)
            .toArray();
        double expectedByLuck = DeflatedSharpeRatio.best(dailySharpes.length, standardDeviation(dailySharpes));
        ReportMetricsJson.putNumberOrNull(node, "daily_sharpe_by_luck", expectedByLuck);
        if (bestIndex() >= 0) {
            BacktestReport best = this.reports.get(bestIndex());
            ReportMetricsJson.putNumberOrNull(node, "daily_sharpe_of_best", best.daily().sharpe());
            ReportMetricsJson.putNumberOrNull(node, "deflated", DeflatedSharpeRatio.deflated(best.daily().sharpe(),
                    expectedByLuck, best.daily().days(), best.daily().skewness(), best.daily().kurtosis()));
        }
        node.put("meaning", """
                The best of %,d tries looks good by luck alone: if none were any good, its Sharpe ratio of a day would \
                be expected at daily_sharpe_by_luck. deflated is how likely that of the best is truly above this \
                (Bailey and López de Prado, 2014); below 0.95 there is no ground to trust it."""
            .formatted(this.points.size()));
        return node;
    }

    private static double standardDeviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map((value) -> (value - mean) * (value - mean)).sum();
        return (values.length > 1) ? Math.sqrt(squares / (values.length - 1)) : Double.NaN;
    }

}
