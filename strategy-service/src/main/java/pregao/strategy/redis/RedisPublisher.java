package pregao.strategy.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells Redis, under the names of the system that this one replaces, with the user in the
 * name of what is a user's. Where Redis is away nothing is told, and nothing waits for
 * it.
 */
@Component
public class RedisPublisher {

    private static final Duration STATUS = Duration.ofSeconds(5);

    private static final Duration POSITIONS = Duration.ofDays(1);

    private final ReconnectingRedisClient redis;

    private final JsonMapper json;

    RedisPublisher(ReconnectingRedisClient redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /**
     * Sets the last prices of instruments.
     * @param prices by key, such as {@code prices:mt5:EURUSD}
     */
    public void prices(Map<String, ?> prices) {
        if (!prices.isEmpty()) {
            Map<String, byte[]> values = new HashMap<>();
            prices.forEach((key, price) -> values.put(key, text(price)));
            this.redis.ask((commands) -> commands.mset(values));
        }
    }

    /**
     * Sets what somebody holds.
     * @param person who
     * @param positions all of them
     */
    public void positions(UUID person, List<?> positions) {
        this.redis.ask((commands) -> commands.setex("positions:" + person, POSITIONS.toSeconds(), text(positions)));
    }

    /**
     * Sets how everything of somebody stands, for five seconds.
     * @param person who
     * @param status as it is answered
     */
    public void status(UUID person, Object status) {
        this.redis.ask((commands) -> commands.setex("bot:status:" + person, STATUS.toSeconds(), text(status)));
    }

    /**
     * Tells who listens to somebody's channel.
     * @param channel {@code trades} or {@code signals}
     * @param person whose
     * @param event what happened
     */
    public void tell(String channel, UUID person, Object event) {
        this.redis.ask((commands) -> commands.publish(channel + ":" + person, text(event)));
    }

    private byte[] text(Object value) {
        return this.json.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    }

}
