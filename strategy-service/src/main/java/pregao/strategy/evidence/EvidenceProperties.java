package pregao.strategy.evidence;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What counts as evidence, and how much of it is worked out.
 *
 * @param leastTrades how many trades on paper there must be
 * @param age how old a report may be
 * @param days how long its time may be
 * @param trades how many trades on paper it may have
 * @param listed how many differences, and how many revised candles, are told one by one
 */
@ConfigurationProperties("pregao.strategy.evidence")
public record EvidenceProperties(@DefaultValue("30") int leastTrades, @DefaultValue("7d") Duration age,
        @DefaultValue("366") int days, @DefaultValue("20000") int trades, @DefaultValue("200") int listed) {

    public EvidenceProperties {
        if (leastTrades < 1 || days < 1 || trades < 1 || listed < 1) {
            throw new IllegalArgumentException(
                    "least-trades, days, trades and listed of pregao.strategy.evidence are at least 1");
        }
        if (age.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("pregao.strategy.evidence.age is at least a minute, not " + age);
        }
    }

}
