package pregao.gateway.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Redis client with a single connection, which it opens on first use. A caller waits for
 * {@code commandTimeout} at most, and not at all while the circuit breaker is open.
 */
@Component
public class ReconnectingRedisClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private static final int SLIDING_WINDOW_SIZE = 10;

    private final RedisFallbackProperties settings;

    private final CircuitBreaker circuitBreaker;

    private final ClientResources resources;

    private final RedisClient client;

    private final AtomicReference<CompletableFuture<StatefulRedisConnection<String, String>>> connection = new AtomicReference<>(
            CompletableFuture.failedFuture(new RedisUnavailableException("not connected yet")));

    ReconnectingRedisClient(RedisFallbackProperties settings, CircuitBreakerRegistry circuitBreakers) {
        this.settings = settings;
        this.circuitBreaker = circuitBreakers.circuitBreaker("redis", createCircuitConfig(settings));
        this.resources = DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(settings.waitDurationInOpenState()))
            .build();
        this.client = RedisClient.create(this.resources);
        this.client.setOptions(ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
            .build());
    }

    private static CircuitBreakerConfig createCircuitConfig(RedisFallbackProperties settings) {
        return CircuitBreakerConfig.custom()
            .slidingWindowSize(SLIDING_WINDOW_SIZE)
            .minimumNumberOfCalls(SLIDING_WINDOW_SIZE / 2)
            .waitDurationInOpenState(settings.waitDurationInOpenState())
            .permittedNumberOfCallsInHalfOpenState(2)
            .recordException(ReconnectingRedisClient::isUnavailable)
            .build();
    }

    /**
     * Returns whether a failure means that Redis is unavailable. A bug in this service
     * must not look like an outage.
     */
    private static boolean isUnavailable(Throwable failure) {
        Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
                : failure;
        return cause instanceof RedisException || cause instanceof RedisUnavailableException
                || cause instanceof TimeoutException || cause instanceof IOException
                || cause instanceof CancellationException || cause instanceof CallNotPermittedException;
    }

    /**
     * Executes a command.
     * @param <T> the type of the reply
     * @param command the function that sends the command
     * @return the reply within {@code commandTimeout}, or a
     * {@link RedisUnavailableException} if Redis does not reply or rejects the command
     */
    public <T> Mono<T> execute(Function<RedisAsyncCommands<String, String>, CompletionStage<T>> command) {
        return Mono.fromFuture(() -> runCommand(command).handle(CommandResult::new), true)
            .timeout(this.settings.commandTimeout())
            .flatMap(CommandResult::asMono)
            .transformDeferred(CircuitBreakerOperator.of(this.circuitBreaker))
            .onErrorMap(ReconnectingRedisClient::isUnavailable,
                    (failure) -> new RedisUnavailableException(failure.toString()));
    }

    private <T> CompletableFuture<T> runCommand(
            Function<RedisAsyncCommands<String, String>, CompletionStage<T>> command) {
        CompletableFuture<StatefulRedisConnection<String, String>> current = this.connection.get();
        CompletableFuture<StatefulRedisConnection<String, String>> usable = current.isCompletedExceptionally()
                ? reconnect(current) : current;
        return usable.thenCompose((connected) -> command.apply(connected.async()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // pending reports the outcome
    private CompletableFuture<StatefulRedisConnection<String, String>> reconnect(
            CompletableFuture<StatefulRedisConnection<String, String>> failed) {
        CompletableFuture<StatefulRedisConnection<String, String>> pending = new CompletableFuture<>();
        if (!this.connection.compareAndSet(failed, pending)) {
            return this.connection.get();
        }
        this.client.connectAsync(StringCodec.UTF8, RedisURI.create(this.settings.url()))
            .whenComplete((connected, failure) -> {
                if (failure != null) {
                    pending.completeExceptionally(failure);
                }
                else {
                    pending.complete(connected);
                }
            });
        return pending;
    }

    @Override
    public void close() {
        this.client.shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        this.resources.shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(CONNECT_TIMEOUT.toMillis());
    }

    /**
     * Result of a command. A failure is a value at first, because after a timeout nothing
     * may be subscribed to it.
     *
     * @param <T> the type of the reply
     * @param value the reply, if any
     * @param failure the cause of failure, or null
     */
    private record CommandResult<T>(@Nullable T value, @Nullable Throwable failure) {

        Mono<T> asMono() {
            return (this.failure != null) ? Mono.error(this.failure) : Mono.justOrEmpty(this.value);
        }

    }

}
