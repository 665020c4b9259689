package pregao.strategy.price;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import pregao.strategy.redis.NoOpRedisPublisher;

/**
 * Creates price publishers without Redis.
 */
public final class NoOpPricePublisher {

    private NoOpPricePublisher() {
    }

    public static LastPricePublisher create() {
        return new LastPricePublisher(NoOpRedisPublisher.create(Duration.ofSeconds(1), JsonMapper.shared()),
                new PriceProperties("mt5"));
    }

    /**
     * Creates a publisher that simulates a process failure.
     * @param maxReads the number of records that it reads before it fails
     * @return the publisher
     */
    public static LastPricePublisher failingAfter(int maxReads) {
        AtomicInteger reads = new AtomicInteger();
        return new LastPricePublisher(NoOpRedisPublisher.create(Duration.ofSeconds(1), JsonMapper.shared()),
                new PriceProperties("mt5")) {
            @Override
            public void onCandleRecord(String key, byte @Nullable [] value) {
                if (reads.incrementAndGet() > maxReads) {
                    throw new IllegalStateException("the process ends");
                }
            }
        };
    }

}
