package pregao.strategy.redis;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The single connection to Redis, opened on first use. After a failure no commands are
 * sent for a while, so that an outage costs one timeout, not one for each command.
 */
@Component
public class ReconnectingRedisClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReconnectingRedisClient.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private final RedisCacheProperties properties;

    private final @Nullable RedisClient client;

    private @Nullable StatefulRedisConnection<String, byte[]> connection;

    private volatile long retryAtNanos = System.nanoTime();

    public ReconnectingRedisClient(RedisCacheProperties properties) {
        this.properties = properties;
        this.client = properties.url().isBlank() ? null : RedisClient.create(createUri(properties));
        if (this.client != null) {
            this.client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .build());
        }
    }

    private static RedisURI createUri(RedisCacheProperties properties) {
        RedisURI uri = RedisURI.create(properties.url());
        uri.setTimeout(CONNECT_TIMEOUT);
        return uri;
    }

    /**
     * Executes a command.
     * @param <T> the type of the response
     * @param command sends the command
     * @return the response; null if Redis is not configured, is unavailable, or did not
     * respond in time
     */
    public <T> @Nullable T execute(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
        if (this.client == null || System.nanoTime() - this.retryAtNanos < 0) {
            return null;
        }
        try {
            return command.apply(connect(this.client).async())
                .toCompletableFuture()
                .get(this.properties.commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (RedisException | ExecutionException | TimeoutException ex) {
            this.retryAtNanos = System.nanoTime() + this.properties.waitDurationInOpenState().toNanos();
            log.warn("Redis is left alone for {}, as it does not answer: {}", this.properties.waitDurationInOpenState(),
                    ex.toString());
            return null;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private synchronized StatefulRedisConnection<String, byte[]> connect(RedisClient redisClient) {
        StatefulRedisConnection<String, byte[]> redisConnection = this.connection;
        if (redisConnection == null) {
            redisConnection = redisClient.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
            this.connection = redisConnection;
        }
        return redisConnection;
    }

    @Override
    public void close() {
        if (this.client != null) {
            this.client.shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

}
