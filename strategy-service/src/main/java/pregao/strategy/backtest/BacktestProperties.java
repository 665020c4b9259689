package pregao.strategy.backtest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of backtests.
 *
 * @param maxYears the maximum length of the time range, in years
 * @param maxPoints the maximum number of points of a sweep
 * @param maxWork the maximum number of minutes that all points process together
 * @param maxTrades the maximum number of trades that a report stores
 * @param threads the number of points that run in parallel; 0 for the number of
 * processors
 * @param maxMinutes the maximum number of minutes that all jobs of a replica have in
 * memory, 40 bytes each
 */
@ConfigurationProperties("pregao.strategy.backtest")
public record BacktestProperties(@DefaultValue("5") int maxYears, @DefaultValue("100000") int maxPoints,
        @DefaultValue("5000000000") long maxWork, @DefaultValue("100000") int maxTrades, @DefaultValue("0") int threads,
        @DefaultValue("3000000") int maxMinutes) {

    public BacktestProperties {
        if (maxYears < 1 || maxPoints < 1 || maxWork < 1 || maxTrades < 0 || threads < 0 || maxMinutes < 1) {
            throw new IllegalArgumentException(
                    "limits of pregao.strategy.backtest are at least 1, " + "trades and threads at least 0");
        }
    }

    int parallelism() {
        return (this.threads > 0) ? this.threads : Runtime.getRuntime().availableProcessors();
    }

}
