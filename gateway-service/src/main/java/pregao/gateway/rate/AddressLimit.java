package pregao.gateway.rate;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import pregao.gateway.filter.FilterOrder;
import pregao.gateway.edge.Callers;

/**
 * Refuses whoever asks too often from one address, before anything else is looked at.
 */
@Component
@Order(FilterOrder.ADDRESS_LIMIT)
class AddressLimit implements WebFilter {

    private final Limits limits;

    private final Callers callers;

    AddressLimit(@Qualifier("addressLimits") Limits limits, Callers callers) {
        this.limits = limits;
        this.callers = callers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return this.limits.count(this.callers.of(exchange).network(), (allowed) -> chain.filter(exchange));
    }

}
