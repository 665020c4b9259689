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
 * Filter that forwards requests through the circuit breaker of their service, and retries
 * failed ones. It retries GET and HEAD after any lost connection, and PUT and DELETE only
 * if no connection was opened, so that the service cannot have received the request.
 */
@Component
class CircuitBreakerFilter implements GlobalFilter, Ordered {

    private static final double RETRY_JITTER = 0.5;

    private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final Set<HttpMethod> IDEMPOTENT_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT,
            HttpMethod.DELETE);

    private final CircuitBreakerProperties settings;

    private final RetryProperties retryProperties;

    private final Map<String, CircuitBreaker> circuitsByAuthority = new HashMap<>();

    private final Retry safeRetry;

    private final Retry unsentRetry;

    CircuitBreakerFilter(CircuitBreakerProperties settings, RetryProperties retryProperties,
            CircuitBreakerRegistry circuitBreakers, UpstreamProperties upstreams) {
        this.settings = settings;
        this.retryProperties = retryProperties;
        upstreams.byName()
            .forEach((name, uri) -> this.circuitsByAuthority.put(authority(uri),
                    circuitBreakers.circuitBreaker(name, createCircuitConfig(settings))));
        this.safeRetry = createRetry("safe", retryProperties, UpstreamFailures::isConnectionLost);
        this.unsentRetry = createRetry("unsent", retryProperties, UpstreamFailures::isUnsent);
    }

    private static Retry createRetry(String name, RetryProperties settings, Predicate<Throwable> retryPredicate) {
        return Retry.of(name,
                RetryConfig.custom()
                    .maxAttempts(Math.max(1, settings.maxAttempts() - 1))
                    .intervalFunction(IntervalFunction.ofRandomized(settings.backoff(), RETRY_JITTER))
                    .retryOnException(retryPredicate)
                    .build());
    }

    private static CircuitBreakerConfig createCircuitConfig(CircuitBreakerProperties settings) {
        return CircuitBreakerConfig.custom()
            .slidingWindowSize(settings.slidingWindowSize())
            .minimumNumberOfCalls(settings.slidingWindowSize() / 2)
            .failureRateThreshold(settings.failureRateThreshold())
            .waitDurationInOpenState(settings.waitDurationInOpenState())
            .permittedNumberOfCallsInHalfOpenState(2)
            .recordException(UpstreamFailures::isFailure)
            .build();
    }

    @Override
    public int getOrder() {
        return FilterOrder.CIRCUIT_BREAKER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = Objects.requireNonNull(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
        CircuitBreaker circuit = this.circuitsByAuthority.get(authority(route.getUri()));
        if (circuit == null) {
            return chain.filter(exchange);
        }
        Mono<Void> attempt = chain.filter(exchange).transformDeferred(CircuitBreakerOperator.of(circuit));
        Mono<Void> response = (this.retryProperties.maxAttempts() > 1 && isRetryable(exchange.getRequest()))
                ? withRetry(attempt, exchange.getRequest().getMethod()) : attempt;
        return response.onErrorMap(CallNotPermittedException.class, this::createUnavailable);
    }

    /**
     * The first attempt bypasses the retry operator, because hardly any request needs a
     * retry.
     */
    private Mono<Void> withRetry(Mono<Void> attempt, HttpMethod method) {
        boolean safe = SAFE_METHODS.contains(method);
        Mono<Void> nextAttempts = Mono.delay(this.retryProperties.backoff())
            .then(attempt)
            .transformDeferred(RetryOperator.of(safe ? this.safeRetry : this.unsentRetry));
        return attempt.onErrorResume(safe ? UpstreamFailures::isConnectionLost : UpstreamFailures::isUnsent,
                (failure) -> nextAttempts);
    }

    /**
     * Returns host and port. The URI of a route always has a port, the one in a setting
     * may not.
     */
    private static String authority(URI uri) {
        int port = uri.getPort();
        return uri.getHost() + ':' + ((port > 0) ? port : "https".equals(uri.getScheme()) ? 443 : 80);
    }

    private static boolean isRetryable(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return IDEMPOTENT_METHODS.contains(request.getMethod()) && headers.getContentLength() <= 0
                && headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    private Throwable createUnavailable(CallNotPermittedException exception) {
        return ProblemDefinition
            .unavailable("The service does not respond now; try again", this.settings.waitDurationInOpenState())
            .asException();
    }

}
