package pregao.strategy.redis;

import java.time.Duration;

import tools.jackson.databind.json.JsonMapper;

/**
 * Creates publishers without Redis.
 */
public final class NoOpRedisPublisher {

    private NoOpRedisPublisher() {
    }

    public static RedisPublisher create(Duration timeout, JsonMapper json) {
        return new RedisPublisher(
                new ReconnectingRedisClient(new RedisCacheProperties("", timeout, timeout, timeout, 0)), json);
    }

}
