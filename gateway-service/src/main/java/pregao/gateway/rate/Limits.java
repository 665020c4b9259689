package pregao.gateway.rate;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

import pregao.gateway.problem.Trouble;
import pregao.gateway.redis.RedisAwayException;

/**
 * One rule for the callers of one kind: what each may still ask, and what it is told of
 * that.
 */
final class Limits {

    private static final String LEFT = "RateLimit";

    private static final String POLICY = "RateLimit-Policy";

    private final String kind;

    private final Rule rule;

    private final SharedBuckets shared;

    private final Cache<String, Allowance> byCaller;

    private final Counter refused;

    private final String policy;

    Limits(String kind, Rule rule, int callers, SharedBuckets shared, MeterRegistry metrics) {
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
    Mono<Void> count(String caller, Function<Verdict.Allowed, Mono<Void>> passed) {
        Allowance allowance = this.byCaller.get(caller, (name) -> new Allowance(this.rule, System.nanoTime()));
        Verdict known = allowance.atOnce(System.nanoTime());
        return (known != null) ? decide(known, passed)
                : ask(caller, allowance).flatMap((verdict) -> decide(verdict, passed));
    }

    private Mono<Void> decide(Verdict verdict, Function<Verdict.Allowed, Mono<Void>> passed) {
        return switch (verdict) {
            case Verdict.Allowed allowed -> passed.apply(allowed);
            case Verdict.Refused refused -> Mono.error(refusal(refused));
        };
    }

    private Mono<Verdict> ask(String caller, Allowance allowance) {
        int wish = allowance.wish(System.nanoTime());
        return this.shared.take(this.kind + ':' + caller, this.rule, wish)
            .map((grant) -> allowance.granted(grant, System.nanoTime()))
            .onErrorResume(RedisAwayException.class, (away) -> Mono.just(allowance.alone(System.nanoTime())));
    }

    /**
     * Tells a caller how many requests are left to it.
     * @param allowed what was found
     * @param response where to
     */
    void tell(Verdict.Allowed allowed, ServerHttpResponse response) {
        response.getHeaders().set(POLICY, this.policy);
        response.getHeaders().set(LEFT, "\"" + this.kind + "\";r=" + allowed.left());
    }

    private Throwable refusal(Verdict.Refused verdict) {
        this.refused.increment();
        Duration pause = verdict.pause();
        long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
        return Trouble
            .tooMany(
                    "More than %d requests in %d s by one %s".formatted(this.rule.requests(),
                            this.rule.window().toSeconds(), this.kind),
                    pause, Map.of(POLICY, this.policy, LEFT, "\"%s\";r=0;t=%d".formatted(this.kind, seconds)))
            .asException();
    }

}
