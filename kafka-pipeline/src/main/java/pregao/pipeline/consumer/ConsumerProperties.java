package pregao.pipeline.consumer;

import java.time.Duration;

/**
 * How a consumer polls.
 *
 * @param group the ID of the consumer group, which names the service in Kafka
 * @param instance the static member ID: stable over restarts, unique among replicas;
 * empty for dynamic membership
 * @param poll the longest time that a poll waits for records
 * @param records the maximum number of records of a poll
 * @param fetchBytes the maximum number of bytes of a fetch
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
