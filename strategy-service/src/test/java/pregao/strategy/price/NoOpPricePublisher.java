package pregao.strategy.price;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import pregao.strategy.redis.NoOpRedisPublisher;

/**
 * A board that nobody listens to.
 */
public final class NoOpPricePublisher {

    private NoOpPricePublisher() {
    }

    public static LastPricePublisher create() {
        return new LastPricePublisher(NoOpRedisPublisher.create(Duration.ofSeconds(1), JsonMapper.shared()),
                new PriceProperties("mt5"));
    }

    /**
     * Makes one where a process ends as it reads a price.
     * @param maxReads how many prices it reads before
     * @return a board that fails then
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
