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
 * One rule for the callers of one kind: what each may still ask, and what it is told of
 * that.
 */
final class RateLimiter {

    private static final String LEFT = "RateLimit";

    private static final String POLICY = "RateLimit-Policy";

    private final String kind;

    private final RateLimit rule;

    private final RedisTokenBuckets shared;

    private final Cache<String, LocalTokenLease> byCaller;

    private final Counter refused;

    private final String policy;

    RateLimiter(String kind, RateLimit rule, int callers, RedisTokenBuckets shared, MeterRegistry metrics) {
        this.kind = kind;
        this.rule = rule;
        this.shared = shared;
        // Whoever did not ask for two windows has a full bucket again.
        this.byCaller = Caffeine.newBuilder()
            .maximumSize(callers)
            .expireAfterAccess(rule.window().multipliedBy(2))
            .executor(Runnable::run)
            .build();
        this.refused = Counter.builder("pregao.requests.limited")
            .description("Requests refused because their caller asks too often")
            .tag("limit", kind)
            .register(metrics);
        this.policy = "\"%s\";q=%d;w=%d".formatted(kind, rule.requests(), Math.max(1, rule.window().toSeconds()));
    }

    /**
     * Counts a request.
     * @param caller who asks
     * @param passed what to do where it may pass
     * @return what became of it, a 429 where it may not
     */
    Mono<Void> acquire(String caller, Function<RateLimitDecision.Allowed, Mono<Void>> passed) {
        LocalTokenLease allowance = this.byCaller.get(caller,
                (name) -> new LocalTokenLease(this.rule, System.nanoTime()));
        RateLimitDecision rateLimitDecision = allowance.tryLocal(System.nanoTime());
        return (rateLimitDecision != null) ? apply(rateLimitDecision, passed)
                : acquireFromRedis(caller, allowance).flatMap((verdict) -> apply(verdict, passed));
    }

    private Mono<Void> apply(RateLimitDecision verdict, Function<RateLimitDecision.Allowed, Mono<Void>> passed) {
        return switch (verdict) {
            case RateLimitDecision.Allowed allowed -> passed.apply(allowed);
            case RateLimitDecision.Refused refused -> Mono.error(refusal(refused));
        };
    }

    private Mono<RateLimitDecision> acquireFromRedis(String caller, LocalTokenLease allowance) {
        int wish = allowance.tokensToRequest(System.nanoTime());
        return this.shared.take(this.kind + ':' + caller, this.rule, wish)
            .map((grant) -> allowance.onGrant(grant, System.nanoTime()))
            .onErrorResume(RedisUnavailableException.class,
                    (away) -> Mono.just(allowance.tryWithoutRedis(System.nanoTime())));
    }

    /**
     * Tells a caller how many requests are left to it.
     * @param allowed what was found
     * @param response where to
     */
    void writeHeaders(RateLimitDecision.Allowed allowed, ServerHttpResponse response) {
        response.getHeaders().set(POLICY, this.policy);
        response.getHeaders().set(LEFT, "\"" + this.kind + "\";r=" + allowed.left());
    }

    private Throwable refusal(RateLimitDecision.Refused verdict) {
        this.refused.increment();
        Duration pause = verdict.pause();
        long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
        return ProblemDefinition
            .tooMany(
                    "More than %d requests in %d s by one %s".formatted(this.rule.requests(),
                            this.rule.window().toSeconds(), this.kind),
                    pause, Map.of(POLICY, this.policy, LEFT, "\"%s\";r=0;t=%d".formatted(this.kind, seconds)))
            .asException();
    }

}
