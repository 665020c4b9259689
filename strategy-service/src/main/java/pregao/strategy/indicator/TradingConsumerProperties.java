package pregao.strategy.indicator;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.pipeline.consumer.ConsumerProperties;

/**
 * Settings of the trading consumer.
 *
 * @param instance the static member name, which stays the same over restarts and is
 * unique among the replicas; empty for dynamic membership
 * @param poll the poll timeout
 * @param records the maximum number of records of a poll
 * @param fetchBytes the maximum size of a fetch, in bytes
 */
@ConfigurationProperties("pregao.strategy")
record TradingConsumerProperties(@DefaultValue("") String instance, @DefaultValue("20ms") Duration poll,
        @DefaultValue("5000") int records, @DefaultValue("524288") int fetchBytes) {

    ConsumerProperties toConsumerProperties() {
        return new ConsumerProperties("strategy", this.instance, this.poll, this.records, this.fetchBytes);
    }

}
