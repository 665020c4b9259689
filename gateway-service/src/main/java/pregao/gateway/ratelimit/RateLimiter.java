package pregao.gateway.ratelimit;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

import pregao.gateway.problem.ProblemDefinition;
import pregao.gateway.redis.RedisUnavailableException;

/**
 * Rate limiter for one kind of callers. It also writes the headers {@code RateLimit} and
 * {@code RateLimit-Policy}.
 */
final class RateLimiter {

    private static final String RATE_LIMIT = "RateLimit";

    private static final String RATE_LIMIT_POLICY = "RateLimit-Policy";

    private final String kind;

    private final RateLimit limit;

    private final RedisTokenBuckets redisBuckets;

    private final Cache<String, LocalTokenLease> leases;

    private final Counter rejections;

    private final String policy;

    RateLimiter(String kind, RateLimit limit, int maxCallers, RedisTokenBuckets redisBuckets,
            MeterRegistry meterRegistry) {
        this.kind = kind;
        this.limit = limit;
        this.redisBuckets = redisBuckets;
        // A caller that sent no request for two windows has a full bucket again.
        this.leases = Caffeine.newBuilder()
            .maximumSize(maxCallers)
            .expireAfterAccess(limit.window().multipliedBy(2))
            .executor(Runnable::run)
            .build();
        this.rejections = Counter.builder("pregao.requests.limited")
            .description("Requests refused because their caller asks too often")
            .tag("limit", kind)
            .register(meterRegistry);
        this.policy = "\"%s\";q=%d;w=%d".formatted(kind, limit.requests(), Math.max(1, limit.window().toSeconds()));
    }

    /**
     * Counts a request.
     * @param caller the key of the caller
     * @param onAllowed the continuation if the request is allowed
     * @return the result of the continuation, or 429 if the request is rejected
     */
    Mono<Void> acquire(String caller, Function<RateLimitDecision.Allowed, Mono<Void>> onAllowed) {
        LocalTokenLease lease = this.leases.get(caller, (name) -> new LocalTokenLease(this.limit, System.nanoTime()));
        RateLimitDecision localDecision = lease.tryLocal(System.nanoTime());
        return (localDecision != null) ? apply(localDecision, onAllowed)
                : acquireFromRedis(caller, lease).flatMap((decision) -> apply(decision, onAllowed));
    }

    private Mono<Void> apply(RateLimitDecision decision, Function<RateLimitDecision.Allowed, Mono<Void>> onAllowed) {
        return switch (decision) {
            case RateLimitDecision.Allowed allowed -> onAllowed.apply(allowed);
            case RateLimitDecision.Refused refused -> Mono.error(createRejection(refused));
        };
    }

    private Mono<RateLimitDecision> acquireFromRedis(String caller, LocalTokenLease lease) {
        int tokens = lease.tokensToRequest(System.nanoTime());
        return this.redisBuckets.acquire(this.kind + ':' + caller, this.limit, tokens)
            .map((grant) -> lease.onGrant(grant, System.nanoTime()))
            .onErrorResume(RedisUnavailableException.class,
                    (unavailable) -> Mono.just(lease.tryWithoutRedis(System.nanoTime())));
    }

    /**
     * Writes the rate limit headers.
     * @param allowed the decision
     * @param response the response
     */
    void writeHeaders(RateLimitDecision.Allowed allowed, ServerHttpResponse response) {
        response.getHeaders().set(RATE_LIMIT_POLICY, this.policy);
        response.getHeaders().set(RATE_LIMIT, "\"" + this.kind + "\";r=" + allowed.left());
    }

    private Throwable createRejection(RateLimitDecision.Refused decision) {
        this.rejections.increment();
        Duration pause = decision.pause();
        long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
        return ProblemDefinition
            .tooManyRequests(
                    "More than %d requests in %d s by one %s".formatted(this.limit.requests(),
                            this.limit.window().toSeconds(), this.kind),
                    pause,
                    Map.of(RATE_LIMIT_POLICY, this.policy, RATE_LIMIT, "\"%s\";r=0;t=%d".formatted(this.kind, seconds)))
            .asException();
    }

}
