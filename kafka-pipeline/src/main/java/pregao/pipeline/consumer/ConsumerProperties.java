package pregao.pipeline.consumer;

import java.time.Duration;

/**
 * How a loop polls.
 *
 * @param group the consumer group, which is the service's name in Kafka
 * @param instance a name that stays the same over restarts and that no other replica has;
 * empty where there is none
 * @param poll the longest wait for records
 * @param records the most records of a poll
 * @param fetchBytes the most bytes the broker sends at once
 */
public record ConsumerProperties(String group, String instance, Duration poll, int records, int fetchBytes) {

    public ConsumerProperties {
        if (poll.isNegative() || poll.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("poll is from 0 s to 1 s, not " + poll);
        }
        if (records < 1 || fetchBytes < 1) {
            throw new IllegalArgumentException("records and fetch-bytes are at least 1");
        }
    }

}
