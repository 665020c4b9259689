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
 * Refuses whoever asks too often from one address, before anything else is looked at.
 */
@Component
@Order(FilterOrder.ADDRESS_LIMIT)
class IpRateLimitFilter implements WebFilter {

    private final RateLimiter limits;

    private final ClientAddressResolver callers;

    IpRateLimitFilter(@Qualifier("addressLimits") RateLimiter limits, ClientAddressResolver callers) {
        this.limits = limits;
        this.callers = callers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return this.limits.acquire(this.callers.of(exchange).network(), (allowed) -> chain.filter(exchange));
    }

}
