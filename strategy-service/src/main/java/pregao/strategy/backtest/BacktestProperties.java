package pregao.strategy.backtest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one backtest may ask for.
 *
 * @param maxYears how long its time may be
 * @param maxPoints how many points a sweep may have
 * @param maxWork how many minutes all its points may go through together
 * @param maxTrades how many trades of a report are kept
 * @param threads how many points are tried at once; 0 for as many as there are cores
 * @param maxMinutes how many minutes all jobs of a replica may hold in memory, 40 bytes
 * each
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
