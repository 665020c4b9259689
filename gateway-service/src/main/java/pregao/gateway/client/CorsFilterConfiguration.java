package pregao.gateway.client;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;

import pregao.gateway.filter.FilterOrder;
import pregao.gateway.problem.ProblemDefinition;

/**
 * Configuration of CORS. A request of a page of another origin is not rejected, because
 * browsers attach no credentials to it by themselves; the page just cannot read the
 * response.
 */
@Configuration(proxyBeanMethods = false)
class CorsFilterConfiguration {

    private static final Duration PREFLIGHT_MAX_AGE = Duration.ofMinutes(10);

    @Bean
    @Order(FilterOrder.CORS)
    CorsWebFilter corsFilter(CorsProperties settings) {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(settings.allowedOrigins());
        configuration.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(
                List.of("Authorization", "Content-Type", "Idempotency-Key", "Prefer", "X-API-Key", "X-UTC-Offset"));
        configuration.setExposedHeaders(List.of("Retry-After", "RateLimit", "RateLimit-Policy", "traceparent"));
        configuration.setMaxAge(PREFLIGHT_MAX_AGE);
        return new CorsWebFilter((exchange) -> findConfiguration(exchange, configuration),
                new RejectingCorsProcessor());
    }

    private static @Nullable CorsConfiguration findConfiguration(ServerWebExchange exchange,
            CorsConfiguration configuration) {
        ServerHttpRequest request = exchange.getRequest();
        boolean applies = CorsUtils.isPreFlightRequest(request)
                || configuration.checkOrigin(request.getHeaders().getOrigin()) != null;
        return applies ? configuration : null;
    }

    /**
     * Processor that rejects preflight requests with a problem instead of an empty
     * response.
     */
    private static final class RejectingCorsProcessor extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw ProblemDefinition.originNotAllowed().asException();
        }

    }

}
