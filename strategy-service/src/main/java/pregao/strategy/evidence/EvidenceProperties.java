package pregao.strategy.evidence;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The requirements and limits of evidence reports.
 *
 * @param minTrades the minimum number of paper trades that a promotion requires
 * @param maxAge the maximum age of a report for a promotion
 * @param maxDays the maximum length of the period
 * @param maxTrades the maximum number of paper trades of a report
 * @param maxListed the maximum number of differences, and of revised candles, that a
 * report lists
 */
@ConfigurationProperties("pregao.strategy.evidence")
public record EvidenceProperties(@DefaultValue("30") int minTrades, @DefaultValue("7d") Duration maxAge,
        @DefaultValue("366") int maxDays, @DefaultValue("20000") int maxTrades, @DefaultValue("200") int maxListed) {

    public EvidenceProperties {
        if (minTrades < 1 || maxDays < 1 || maxTrades < 1 || maxListed < 1) {
            throw new IllegalArgumentException(
                    "min-trades, max-days, max-trades, and max-listed of pregao.strategy.evidence are at least 1");
        }
        if (maxAge.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("pregao.strategy.evidence.max-age is at least a minute, not " + maxAge);
        }
    }

}
