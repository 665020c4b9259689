package pregao.gateway.ratelimit;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import pregao.gateway.client.ClientAddressResolver;
import pregao.gateway.filter.FilterOrder;

/**
 * Filter that limits the request rate of an IP address before any other check.
 */
@Component
@Order(FilterOrder.IP_RATE_LIMIT)
class IpRateLimitFilter implements WebFilter {

    private final RateLimiter rateLimiter;

    private final ClientAddressResolver addressResolver;

    IpRateLimitFilter(@Qualifier("addressLimits") RateLimiter rateLimiter, ClientAddressResolver addressResolver) {
        this.rateLimiter = rateLimiter;
        this.addressResolver = addressResolver;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return this.rateLimiter.acquire(this.addressResolver.resolve(exchange).network(),
                (allowed) -> chain.filter(exchange));
    }

}
