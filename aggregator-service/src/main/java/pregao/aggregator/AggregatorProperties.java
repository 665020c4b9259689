package pregao.aggregator;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.pipeline.consumer.ConsumerProperties;

/**
 * How the service works.
 *
 * @param instance a name that stays the same over restarts and that no other replica has;
 * empty where there is none
 * @param poll the longest wait for records, and so how exactly minutes close
 * @param records the most records of a poll
 * @param fetchBytes the most bytes the broker sends at once
 * @param tickCacheSize how many ticks of minutes already stored are kept at hand
 * @param formingInterval the shortest time between two forming M1 of one instrument
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
     * The part that is the loop's.
     * @return how it polls
     */
    public ConsumerProperties toConsumerProperties() {
        return new ConsumerProperties("aggregator", this.instance, this.poll, this.records, this.fetchBytes);
    }

}
