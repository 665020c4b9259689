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
 * The points of a sweep in order of what came of them, and how much of that may be luck.
 */
final class SweepRanking {

    private static final double[] QUANTILES = { 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1 };

    private final BacktestRequest.ParameterSearch search;

    private final List<Map<String, BigDecimal>> points;

    private final List<BacktestReport> reports;

    private final int[] order;

    private final double[] sorted;

    SweepRanking(BacktestRequest.ParameterSearch search, List<Map<String, BigDecimal>> points,
            List<BacktestReport> reports) {
        this.search = search;
        this.points = points;
        this.reports = reports;
        this.order = IntStream.range(0, points.size())
            .filter((place) -> Double.isFinite(measure(place)))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer place) -> -measure(place)).thenComparing(Integer::compare))
            .mapToInt(Integer::intValue)
            .toArray();
        this.sorted = Arrays.stream(this.order).mapToDouble(this::measure).sorted().toArray();
    }

    /** NaN where there are too few trades to say anything. */
    private double measure(int place) {
        BacktestReport report = this.reports.get(place);
        return (report.count() < this.search.least()) ? Double.NaN : this.search.by().of(report);
    }

    /** The place of the best; -1 where none had enough trades. */
    int best() {
        return (this.order.length > 0) ? this.order[0] : -1;
    }

    ObjectNode write() {
        ObjectNode node = ExactJson.object();
        node.put("points", this.points.size());
        node.put("compared", this.order.length);
        node.put("profitable", (int) this.reports.stream().filter((report) -> report.profit().signum() > 0).count());
        node.put("by", this.search.by().text());
        node.set("spread", spread());
        node.set("luck", luck());
        ArrayNode top = node.putArray("top");
        Arrays.stream(this.order).limit(this.search.top()).forEach((place) -> top.add(point(place)));
        return node;
    }

    private ObjectNode point(int place) {
        ObjectNode node = ExactJson.object();
        ObjectNode values = node.putObject("values");
        this.points.get(place).forEach((path, value) -> values.put(path, ExactJson.plain(value)));
        node.put(this.search.by().text(), measure(place));
        node.set("result", ReportMetricsJson.of(this.reports.get(place)));
        return node;
    }

    private ObjectNode spread() {
        ObjectNode node = ExactJson.object();
        ReportMetricsJson.put(node, "mean", Arrays.stream(this.sorted).average().orElse(Double.NaN));
        ReportMetricsJson.put(node, "deviation", deviation(this.sorted));
        ObjectNode quantiles = node.putObject("quantiles");
        for (double part : QUANTILES) {
            double value = (this.sorted.length > 0) ? this.sorted[(int) Math.round(part * (this.sorted.length - 1))]
                    : Double.NaN;
            ReportMetricsJson.put(quantiles, Long.toString(Math.round(part * 100)), value);
        }
        return node;
    }

    /**
     * How good the best would be if none were any good, and how likely it truly is. Only
     * of Sharpe ratios is that known, so it is theirs whatever points are compared by.
     */
    private ObjectNode luck() {
        ObjectNode node = ExactJson.object();
        node.put("tried", this.points.size());
        double[] daily = Arrays.stream(this.order)
            .mapToDouble((place) -> this.reports.get(place).daily().sharpe())
            .filter(Double::isFinite)
            .toArray();
        double expected = DeflatedSharpeRatio.best(daily.length, deviation(daily));
        ReportMetricsJson.put(node, "daily_sharpe_by_luck", expected);
        if (best() >= 0) {
            BacktestReport best = this.reports.get(best());
            ReportMetricsJson.put(node, "daily_sharpe_of_best", best.daily().sharpe());
            ReportMetricsJson.put(node, "deflated", DeflatedSharpeRatio.deflated(best.daily().sharpe(), expected,
                    best.daily().days(), best.daily().skewness(), best.daily().kurtosis()));
        }
        node.put("meaning", """
                The best of %,d tries looks good by luck alone: if none were any good, its Sharpe ratio of a day would \
                be expected at daily_sharpe_by_luck. deflated is how likely that of the best is truly above this \
                (Bailey and López de Prado, 2014); below 0.95 there is no ground to trust it."""
            .formatted(this.points.size()));
        return node;
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map((value) -> (value - mean) * (value - mean)).sum();
        return (values.length > 1) ? Math.sqrt(squares / (values.length - 1)) : Double.NaN;
    }

}
