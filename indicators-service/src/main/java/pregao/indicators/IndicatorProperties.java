package pregao.indicators;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.pipeline.consumer.ConsumerProperties;

/**
 * How the service works.
 *
 * @param convention of what is stored and published: plain, mt5 or classic; another one
 * than before has everything computed again at the start
 * @param instance a name that stays the same over restarts and that no other replica has;
 * empty where there is none
 * @param poll the longest wait for records
 * @param records the most records of a poll
 * @param fetchBytes the most bytes the broker sends at once
 * @param series how many series are remembered, some three kilobytes each
 */
@ConfigurationProperties("pregao.indicators")
public record IndicatorProperties(@DefaultValue("plain") IndicatorConvention convention,
        @DefaultValue("") String instance, @DefaultValue("50ms") Duration poll, @DefaultValue("10000") int records,
        @DefaultValue("524288") int fetchBytes, @DefaultValue("10000") int series) {

    public IndicatorProperties {
        if (series < 1) {
            throw new IllegalArgumentException("pregao.indicators.series is at least 1, not " + series);
        }
    }

    /**
     * The part that is the loop's.
     * @return how it polls
     */
    public ConsumerProperties toConsumerProperties() {
        return new ConsumerProperties("indicators", this.instance, this.poll, this.records, this.fetchBytes);
    }

}
