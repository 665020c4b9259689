package pregao.gateway.ticket;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import pregao.contracts.key.Scope;
import pregao.gateway.pass.Guard;
import pregao.gateway.problem.Trouble;

/**
 * {@code POST /api/auth/ws-ticket}.
 */
@RestController
class TicketController {

    private final Guard guard;

    private final Tickets tickets;

    private final TicketSettings settings;

    TicketController(Guard guard, Tickets tickets, TicketSettings settings) {
        this.guard = guard;
        this.tickets = tickets;
        this.settings = settings;
    }

    @PostMapping("/api/auth/ws-ticket")
    @Operation(summary = "A ticket to open the WebSocket with, good once and for half a minute; "
            + "404 while this version has no live channel")
    Mono<Given> give(ServerWebExchange exchange) {
        if (!this.settings.enabled()) {
            return Mono.error(Trouble.noLiveChannel().asException());
        }
        return this.tickets.give(this.guard.visitor(exchange, Scope.READ))
            .map((ticket) -> new Given(ticket, this.settings.life().toSeconds()));
    }

    /**
     * A ticket.
     *
     * @param ticket to be sent as the parameter {@code ticket} of {@code /ws}
     * @param expiresIn how long it is good, in seconds
     */
    record Given(String ticket, @JsonProperty("expires_in") long expiresIn) {

    }

}
