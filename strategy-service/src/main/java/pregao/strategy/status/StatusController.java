package pregao.strategy.status;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.access.Person;
import pregao.strategy.account.BrokerBalances;
import pregao.strategy.database.Blocking;
import pregao.strategy.echo.Echo;

/**
 * {@code /api/status}: how everything of one's own stands, at one glance.
 */
@RestController
@SecurityRequirement(name = "token")
class StatusController {

    private final StatusReading reading;

    private final BrokerBalances balances;

    private final Echo echo;

    private final Blocking blocking;

    StatusController(StatusReading reading, BrokerBalances balances, Echo echo, Blocking blocking) {
        this.reading = reading;
        this.balances = balances;
        this.echo = echo;
        this.blocking = blocking;
    }

    @GetMapping("/api/status")
    @Operation(operationId = "status",
            summary = "Your bots, what they hold at what price now, what today and all days have brought, and what is stopped")
    Mono<Status> status(@AuthenticationPrincipal Person person) {
        return this.blocking.call(() -> this.reading.of(person.id()))
            .flatMap((status) -> this.balances.of(status.currencies()).map(status::withBalances))
            .flatMap((status) -> this.blocking.run(() -> this.echo.status(person.id(), status)).thenReturn(status));
    }

}
