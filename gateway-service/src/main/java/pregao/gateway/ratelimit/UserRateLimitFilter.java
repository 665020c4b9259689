package pregao.gateway.ratelimit;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import pregao.gateway.auth.AuthorizationFilters;
import pregao.gateway.filter.FilterOrder;

/**
 * Filter that limits the request rate of a user across all API keys and addresses.
 */
@Component
class UserRateLimitFilter implements GlobalFilter, Ordered {

    private final RateLimiter rateLimiter;

    UserRateLimitFilter(@Qualifier("userLimits") RateLimiter rateLimiter) {
        this.rateLimiter = rateLimiter;
    }

    @Override
    public int getOrder() {
        return FilterOrder.USER_RATE_LIMIT;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        String user = exchange.getAttribute(AuthorizationFilters.USER_ATTRIBUTE);
        if (user == null) {
            return chain.filter(exchange);
        }
        return this.rateLimiter.acquire(user, (allowed) -> {
            this.rateLimiter.writeHeaders(allowed, exchange.getResponse());
            return chain.filter(exchange);
        });
    }

}
