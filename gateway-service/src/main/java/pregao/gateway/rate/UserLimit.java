package pregao.gateway.rate;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import pregao.gateway.filter.FilterOrder;
import pregao.gateway.pass.Guard;

/**
 * Refuses the requests of a user who asks too often, by whichever keys and from wherever.
 */
@Component
class UserLimit implements GlobalFilter, Ordered {

    private final Limits limits;

    UserLimit(@Qualifier("userLimits") Limits limits) {
        this.limits = limits;
    }

    @Override
    public int getOrder() {
        return FilterOrder.USER_LIMIT;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        String user = exchange.getAttribute(Guard.USER);
        if (user == null) {
            return chain.filter(exchange);
        }
        return this.limits.count(user, (allowed) -> {
            this.limits.tell(allowed, exchange.getResponse());
            return chain.filter(exchange);
        });
    }

}
