package pregao.strategy.status;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.account.BrokerBalances;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.redis.RedisPublisher;
import pregao.strategy.security.AuthenticatedUser;

/**
 * {@code /api/status}: how everything of one's own stands, at one glance.
 */
@RestController
@SecurityRequirement(name = "token")
class StatusController {

    private final StatusService reading;

    private final BrokerBalances balances;

    private final RedisPublisher echo;

    private final BlockingExecutor blocking;

    StatusController(StatusService reading, BrokerBalances balances, RedisPublisher echo, BlockingExecutor blocking) {
        this.reading = reading;
        this.balances = balances;
        this.echo = echo;
        this.blocking = blocking;
    }

    @GetMapping("/api/status")
    @Operation(operationId = "getStatus",
            summary = "Returns your bots, their positions at current prices, profits, and active kill switches")
    Mono<StatusResponse> status(@AuthenticationPrincipal AuthenticatedUser person) {
        return this.blocking.call(() -> this.reading.of(person.id()))
            .flatMap((status) -> this.balances.fetchBalances(status.currencies()).map(status::withBalances))
            .flatMap((status) -> this.blocking.run(() -> this.echo.status(person.id(), status)).thenReturn(status));
    }

}
