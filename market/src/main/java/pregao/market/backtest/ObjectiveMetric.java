package pregao.market.backtest;

import java.util.Locale;
import java.util.Optional;

/**
 * By what points of a sweep are compared; more is better.
 */
public enum ObjectiveMetric {

    /** The profit as a part of the capital. */
    RETURN,
    /** The days' returns by their deviation. */
    SHARPE,
    /** The days' returns by that of the losing ones. */
    SORTINO,
    /** What winning trades brought by what losing ones cost. */
    PROFIT_FACTOR,
    /** What a trade brought on average. */
    EXPECTANCY,
    /** The profit as a part of the capital by the deepest fall. */
    CALMAR;

    /**
     * The measure of a report.
     * @param report what came of a backtest
     * @return NaN where it is not defined
     */
    public double of(BacktestReport report) {
        return switch (this) {
            case RETURN -> (report.count() > 0) ? report.returned() : Double.NaN;
            case SHARPE -> report.sharpe();
            case SORTINO -> report.sortino();
            case PROFIT_FACTOR -> report.profitFactor();
            case EXPECTANCY -> (report.count() > 0) ? report.expectancy().doubleValue() : Double.NaN;
            case CALMAR -> (report.drawdown() > 0) ? report.returned() / report.drawdown() : Double.NaN;
        };
    }

    /**
     * The form in requests and answers.
     * @return such as {@code profit_factor}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The measure of a text.
     * @param text as {@link #text()} gives it
     * @return empty where there is none
     */
    public static Optional<ObjectiveMetric> named(String text) {
        for (ObjectiveMetric measure : values()) {
            if (measure.text().equals(text)) {
                return Optional.of(measure);
            }
        }
        return Optional.empty();
    }

}
