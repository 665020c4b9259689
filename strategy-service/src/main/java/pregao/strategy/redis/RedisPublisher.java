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
 * Publishes to Redis under the key and channel names of the system that Pregão replaces,
 * with the id of the user appended to the names of user data. If Redis is unavailable,
 * nothing is published and no caller is delayed.
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
     * @param prices the prices by key, such as {@code prices:mt5:EURUSD}
     */
    public void setPrices(Map<String, ?> prices) {
        if (!prices.isEmpty()) {
            Map<String, byte[]> values = new HashMap<>();
            prices.forEach((key, price) -> values.put(key, toJson(price)));
            this.client.execute((commands) -> commands.mset(values));
        }
    }

    /**
     * Sets the open positions of a user.
     * @param userId the id of the user
     * @param positions all open positions of the user
     */
    public void setPositions(UUID userId, List<?> positions) {
        this.client
            .execute((commands) -> commands.setex("positions:" + userId, POSITIONS_TTL.toSeconds(), toJson(positions)));
    }

    /**
     * Sets the status of a user, with a time to live of five seconds.
     * @param userId the id of the user
     * @param status the status, as in the API
     */
    public void setStatus(UUID userId, Object status) {
        this.client
            .execute((commands) -> commands.setex("bot:status:" + userId, STATUS_TTL.toSeconds(), toJson(status)));
    }

    /**
     * Publishes an event to a channel of a user.
     * @param channel {@code trades} or {@code signals}
     * @param userId the id of the user
     * @param event the event
     */
    public void publish(String channel, UUID userId, Object event) {
        this.client.execute((commands) -> commands.publish(channel + ":" + userId, toJson(event)));
    }

    private byte[] toJson(Object value) {
        return this.jsonMapper.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    }

}
