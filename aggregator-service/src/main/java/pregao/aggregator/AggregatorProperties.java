package pregao.aggregator;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.pipeline.consumer.ConsumerProperties;

/**
 * The settings of the service.
 *
 * @param instance the static member ID of the Kafka consumer: stable over restarts,
 * unique among replicas; empty for dynamic membership
 * @param poll the longest time that a poll waits for records, and so the precision of
 * closing minutes
 * @param records the maximum number of records of a poll
 * @param fetchBytes the maximum number of bytes of a fetch
 * @param tickCacheSize the number of ticks of stored minutes that the cache keeps
 * @param formingInterval the shortest time between two published forming M1 candles of an
 * instrument
 */
@ConfigurationProperties("pregao.aggregator")
public record AggregatorProperties(@DefaultValue("") String instance, @DefaultValue("50ms") Duration poll,
        @DefaultValue("10000") int records, @DefaultValue("524288") int fetchBytes,
        @DefaultValue("400000") long tickCacheSize, @DefaultValue("100ms") Duration formingInterval) {

    public AggregatorProperties {
        if (tickCacheSize < 0 || formingInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "pregao.aggregator: tick-cache-size and forming-interval are at least 0");
        }
    }

    /**
     * Returns the properties of the Kafka consumer.
     * @return the consumer properties
     */
    public ConsumerProperties toConsumerProperties() {
        return new ConsumerProperties("aggregator", this.instance, this.poll, this.records, this.fetchBytes);
    }

}
