package pregao.strategy.backtest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one backtest may ask for.
 *
 * @param years how long its time may be
 * @param points how many points a sweep may have
 * @param work how many minutes all its points may go through together
 * @param trades how many trades of a report are kept
 * @param threads how many points are tried at once; 0 for as many as there are cores
 * @param minutes how many minutes all jobs of a replica may hold in memory, 40 bytes each
 */
@ConfigurationProperties("pregao.strategy.backtest")
public record BacktestProperties(@DefaultValue("5") int years, @DefaultValue("100000") int points,
        @DefaultValue("5000000000") long work, @DefaultValue("100000") int trades, @DefaultValue("0") int threads,
        @DefaultValue("3000000") int minutes) {

    public BacktestProperties {
        if (years < 1 || points < 1 || work < 1 || trades < 0 || threads < 0 || minutes < 1) {
            throw new IllegalArgumentException(
                    "limits of pregao.strategy.backtest are at least 1, " + "trades and threads at least 0");
        }
    }

    int atOnce() {
        return (this.threads > 0) ? this.threads : Runtime.getRuntime().availableProcessors();
    }

}
