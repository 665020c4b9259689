package pregao.aggregator.loop;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the loop works.
 *
 * @param instance a name that stays the same over restarts and that no other replica has;
 * empty where there is none
 * @param poll the longest wait for records, and so how exactly minutes close
 * @param records the most records of a poll
 * @param fetchBytes the most bytes the broker sends at once
 * @param memoryTicks how many ticks of minutes already stored are kept at hand
 * @param formingEvery the shortest time between two forming M1 of one instrument
 */
@ConfigurationProperties("pregao.aggregator")
public record LoopSettings(@DefaultValue("") String instance, @DefaultValue("50ms") Duration poll,
        @DefaultValue("10000") int records, @DefaultValue("2097152") int fetchBytes,
        @DefaultValue("1000000") long memoryTicks, @DefaultValue("100ms") Duration formingEvery) {

    public LoopSettings {
        if (poll.isNegative() || poll.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("pregao.aggregator.poll is from 0 s to 1 s, not " + poll);
        }
        if (records < 1 || fetchBytes < 1 || memoryTicks < 0 || formingEvery.isNegative()) {
            throw new IllegalArgumentException(
                    "pregao.aggregator: records and fetch-bytes are at least 1, memory-ticks and forming-every 0");
        }
    }

}
