package pregao.gateway.ticket;

import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import pregao.gateway.auth.CallerPrincipal;
import pregao.gateway.client.WebSocketOriginCheck;
import pregao.gateway.filter.FilterOrder;
import pregao.gateway.problem.ProblemDefinition;

/**
 * Filter that requires a valid ticket and an allowed origin for a WebSocket handshake.
 * Browsers do not apply CORS to WebSockets.
 */
@Component
@Order(FilterOrder.WEBSOCKET_HANDSHAKE)
class WebSocketHandshakeFilter implements WebFilter {

    /** The exchange attribute with the caller who opened the WebSocket. */
    static final String CALLER_ATTRIBUTE = CallerPrincipal.class.getName();

    private static final String PATH = "/ws";

    private final WebSocketOriginCheck origins;

    private final TicketProperties settings;

    private final WebSocketTicketService tickets;

    WebSocketHandshakeFilter(WebSocketOriginCheck origins, TicketProperties settings, WebSocketTicketService tickets) {
        this.origins = origins;
        this.settings = settings;
        this.tickets = tickets;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!request.getPath().value().equals(PATH)) {
            return chain.filter(exchange);
        }
        if (!this.origins.isAllowed(request)) {
            return Mono.error(ProblemDefinition.originNotAllowed().asException());
        }
        if (!this.settings.enabled()) {
            return Mono.error(ProblemDefinition.noLiveChannel().asException());
        }
        String ticket = request.getQueryParams().getFirst("ticket");
        return ((ticket != null) ? this.tickets.redeem(ticket) : Mono.<CallerPrincipal>empty())
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.unauthenticated("The ticket is missing, used or too old").asException()))
            .flatMap((caller) -> {
                exchange.getAttributes().put(CALLER_ATTRIBUTE, caller);
                return chain.filter(exchange);
            });
    }

}
