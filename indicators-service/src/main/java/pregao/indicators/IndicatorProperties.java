package pregao.indicators;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.pipeline.consumer.ConsumerProperties;

/**
 * The settings of the service.
 *
 * @param convention the convention of stored and published values: plain, mt5, or
 * classic; after a change, the next start computes all values again
 * @param instance the static member ID of the Kafka consumer: stable over restarts,
 * unique among replicas; empty for dynamic membership
 * @param poll the longest time that a poll waits for records
 * @param records the maximum number of records of a poll
 * @param fetchBytes the maximum number of bytes of a fetch
 * @param series the number of series whose state is kept in memory, at about 3 kB each
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
     * Returns the properties of the Kafka consumer.
     * @return the consumer properties
     */
    public ConsumerProperties toConsumerProperties() {
        return new ConsumerProperties("indicators", this.instance, this.poll, this.records, this.fetchBytes);
    }

}
