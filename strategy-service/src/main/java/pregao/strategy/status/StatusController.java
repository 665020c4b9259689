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
 * {@code /api/status}: the status of all accounts, bots and positions of the user.
 */
@RestController
@SecurityRequirement(name = "token")
class StatusController {

    private final StatusService statusService;

    private final BrokerBalances brokerBalances;

    private final RedisPublisher redisPublisher;

    private final BlockingExecutor blocking;

    StatusController(StatusService statusService, BrokerBalances brokerBalances, RedisPublisher redisPublisher,
            BlockingExecutor blocking) {
        this.statusService = statusService;
        this.brokerBalances = brokerBalances;
        this.redisPublisher = redisPublisher;
        this.blocking = blocking;
    }

    @GetMapping("/api/status")
    @Operation(operationId = "getStatus",
            summary = "Returns your bots, their positions at current prices, profits, and active kill switches")
    Mono<StatusResponse> getStatus(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.blocking.call(() -> this.statusService.getStatus(user.id()))
            .flatMap((status) -> this.brokerBalances.fetchBalances(status.currenciesByAccount())
                .map(status::withBalances))
            .flatMap((status) -> this.blocking.run(() -> this.redisPublisher.setStatus(user.id(), status))
                .thenReturn(status));
    }

}
