package pregao.gateway.circuitbreaker;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import pregao.gateway.filter.FilterOrder;
import pregao.gateway.problem.ProblemDefinition;
import pregao.gateway.route.UpstreamProperties;

/**
 * Sends requests on through the circuit of the service they go to, each of which has its
 * own. A request that only reads is sent once more after a lost connection; one that
 * changes something, only where no connection was opened, so that it cannot have arrived.
 */
@Component
class CircuitBreakerFilter implements GlobalFilter, Ordered {

    private static final double JITTER = 0.5;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final Set<HttpMethod> IDEMPOTENT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT,
            HttpMethod.DELETE);

    private final CircuitBreakerProperties settings;

    private final RetryProperties retries;

    private final Map<String, CircuitBreaker> byAddress = new HashMap<>();

    private final Retry retry;

    private final Retry retryOfUnsent;

    CircuitBreakerFilter(CircuitBreakerProperties settings, RetryProperties retries, CircuitBreakerRegistry circuits,
            UpstreamProperties upstreams) {
        this.settings = settings;
        this.retries = retries;
        upstreams.byName()
            .forEach((name, home) -> this.byAddress.put(authority(home),
                    circuits.circuitBreaker(name, circuit(settings))));
        this.retry = retry("safe", retries, UpstreamFailures::isGone);
        this.retryOfUnsent = retry("unsent", retries, UpstreamFailures::isUnsent);
    }

    private static Retry retry(String name, RetryProperties settings, Predicate<Throwable> retried) {
        return Retry.of(name,
                RetryConfig.custom()
                    .maxAttempts(Math.max(1, settings.maxAttempts() - 1))
                    .intervalFunction(IntervalFunction.ofRandomized(settings.backoff(), JITTER))
                    .retryOnException(retried)
                    .build());
    }

    private static CircuitBreakerConfig circuit(CircuitBreakerProperties settings) {
        return CircuitBreakerConfig.custom()
            .slidingWindowSize(settings.slidingWindowSize())
            .minimumNumberOfCalls(settings.slidingWindowSize() / 2)
            .failureRateThreshold(settings.failureRateThreshold())
            .waitDurationInOpenState(settings.waitDurationInOpenState())
            .permittedNumberOfCallsInHalfOpenState(2)
            .recordException(UpstreamFailures::is)
            .build();
    }

    @Override
    public int getOrder() {
        return FilterOrder.BREAKERS;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = Objects.requireNonNull(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
        CircuitBreaker circuit = this.byAddress.get(authority(route.getUri()));
        if (circuit == null) {
            return chain.filter(exchange);
        }
        Mono<Void> sent = chain.filter(exchange).transformDeferred(CircuitBreakerOperator.of(circuit));
        Mono<Void> answered = (this.retries.maxAttempts() > 1 && isRetryable(exchange.getRequest()))
                ? withRetry(sent, exchange.getRequest().getMethod()) : sent;
        return answered.onErrorMap(CallNotPermittedException.class, this::circuitOpen);
    }

    /** The first time is on its own: hardly any request comes to need more. */
    private Mono<Void> withRetry(Mono<Void> sent, HttpMethod method) {
        boolean safe = SAFE.contains(method);
        Mono<Void> again = Mono.delay(this.retries.backoff())
            .then(sent)
            .transformDeferred(RetryOperator.of(safe ? this.retry : this.retryOfUnsent));
        return sent.onErrorResume(safe ? UpstreamFailures::isGone : UpstreamFailures::isUnsent, (failure) -> again);
    }

    /** A route's address always has its port, a setting's need not. */
    private static String authority(URI address) {
        int port = address.getPort();
        return address.getHost() + ':' + ((port > 0) ? port : "https".equals(address.getScheme()) ? 443 : 80);
    }

    private static boolean isRetryable(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return IDEMPOTENT.contains(request.getMethod()) && headers.getContentLength() <= 0
                && headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    private Throwable circuitOpen(CallNotPermittedException refused) {
        return ProblemDefinition
            .unavailable("The service does not respond now; try again", this.settings.waitDurationInOpenState())
            .asException();
    }

}
