package pregao.strategy.evidence;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What counts as evidence, and how much of it is worked out.
 *
 * @param minTrades how many trades on paper there must be
 * @param maxAge how old a report may be
 * @param maxDays how long its time may be
 * @param maxTrades how many trades on paper it may have
 * @param maxListed how many differences, and how many revised candles, are told one by
 * one
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
