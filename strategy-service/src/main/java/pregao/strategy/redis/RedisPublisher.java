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

    private static final Duration STATUS_TTL = Duration.ofSeconds(5);

    private static final Duration POSITIONS_TTL = Duration.ofDays(1);

    private final ReconnectingRedisClient client;

    private final JsonMapper jsonMapper;

    RedisPublisher(ReconnectingRedisClient client, JsonMapper jsonMapper) {
        this.client = client;
        this.jsonMapper = jsonMapper;
    }

    /**
     * Sets the last prices of instruments.
     * @param prices by key, such as {@code prices:mt5:EURUSD}
     */
    public void setPrices(Map<String, ?> prices) {
        if (!prices.isEmpty()) {
            Map<String, byte[]> values = new HashMap<>();
            prices.forEach((key, price) -> values.put(key, toJson(price)));
            this.client.execute((commands) -> commands.mset(values));
        }
    }

    /**
     * Sets what somebody holds.
     * @param userId who
     * @param positions all of them
     */
    public void setPositions(UUID userId, List<?> positions) {
        this.client
            .execute((commands) -> commands.setex("positions:" + userId, POSITIONS_TTL.toSeconds(), toJson(positions)));
    }

    /**
     * Sets how everything of somebody stands, for five seconds.
     * @param userId who
     * @param status as it is answered
     */
    public void setStatus(UUID userId, Object status) {
        this.client
            .execute((commands) -> commands.setex("bot:status:" + userId, STATUS_TTL.toSeconds(), toJson(status)));
    }

    /**
     * Tells who listens to somebody's channel.
     * @param channel {@code trades} or {@code signals}
     * @param userId whose
     * @param event what happened
     */
    public void publish(String channel, UUID userId, Object event) {
        this.client.execute((commands) -> commands.publish(channel + ":" + userId, toJson(event)));
    }

    private byte[] toJson(Object value) {
        return this.jsonMapper.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    }

}
