package pregao.gateway.ticket;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import pregao.contracts.key.Scope;
import pregao.gateway.auth.AuthorizationFilters;
import pregao.gateway.problem.ProblemDefinition;

/**
 * REST controller that creates WebSocket tickets.
 */
@RestController
class TicketController {

    private final AuthorizationFilters authorization;

    private final WebSocketTicketService tickets;

    private final TicketProperties settings;

    TicketController(AuthorizationFilters authorization, WebSocketTicketService tickets, TicketProperties settings) {
        this.authorization = authorization;
        this.tickets = tickets;
        this.settings = settings;
    }

    @PostMapping("/api/auth/ws-ticket")
    @Operation(summary = "Creates a ticket that opens the WebSocket once, within 30 seconds; "
            + "404 while this version has no live channel")
    Mono<TicketResponse> give(ServerWebExchange exchange) {
        if (!this.settings.enabled()) {
            return Mono.error(ProblemDefinition.noLiveChannel().asException());
        }
        return this.tickets.issue(this.authorization.authenticate(exchange, Scope.READ))
            .map((ticket) -> new TicketResponse(ticket, this.settings.ttl().toSeconds()));
    }

    /**
     * Response with a ticket.
     *
     * @param ticket the ticket to send as the parameter {@code ticket} of {@code /ws}
     * @param expiresIn the validity in seconds
     */
    record TicketResponse(String ticket, @JsonProperty("expires_in") long expiresIn) {

    }

}
