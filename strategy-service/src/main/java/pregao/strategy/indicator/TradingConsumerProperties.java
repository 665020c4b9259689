package pregao.strategy.indicator;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.pipeline.consumer.ConsumerProperties;

/**
 * How the loop polls.
 *
 * @param instance a name that stays the same over restarts and that no other replica has;
 * empty where there is none
 * @param poll the longest wait for records
 * @param records the most records of a poll
 * @param fetchBytes the most bytes the broker sends at once
 */
@ConfigurationProperties("pregao.strategy")
record TradingConsumerProperties(@DefaultValue("") String instance, @DefaultValue("20ms") Duration poll,
        @DefaultValue("5000") int records, @DefaultValue("524288") int fetchBytes) {

    ConsumerProperties toConsumerProperties() {
        return new ConsumerProperties("strategy", this.instance, this.poll, this.records, this.fetchBytes);
    }

}
