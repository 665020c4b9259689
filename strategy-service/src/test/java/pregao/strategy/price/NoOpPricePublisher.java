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

    public static LastPricePublisher make() {
        return new LastPricePublisher(NoOpRedisPublisher.make(Duration.ofSeconds(1), JsonMapper.shared()),
                new PriceProperties("mt5"));
    }

    /**
     * Makes one where a process ends as it reads a price.
     * @param most how many prices it reads before
     * @return a board that fails then
     */
    public static LastPricePublisher failingAfter(int most) {
        AtomicInteger read = new AtomicInteger();
        return new LastPricePublisher(NoOpRedisPublisher.make(Duration.ofSeconds(1), JsonMapper.shared()),
                new PriceProperties("mt5")) {
            @Override
            public void saw(String key, byte @Nullable [] value) {
                if (read.incrementAndGet() > most) {
                    throw new IllegalStateException("the process ends");
                }
            }
        };
    }

}
