package pregao.strategy.manualorder;

import java.util.Optional;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.account.AccountKey;
import pregao.strategy.account.AccountRepository;
import pregao.strategy.account.KillLevel;
import pregao.strategy.account.KillSwitchService;
import pregao.strategy.account.TradingMode;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.order.OrderResponse;
import pregao.strategy.security.AuthenticatedUser;
import pregao.strategy.signal.NameBasedUuid;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Closes positions, flattens bots and accounts, and controls the kill switches. Every
 * action is recorded in the audit trail.
 */
@RestController
@SecurityRequirement(name = "token")
class PositionCloseController {

    private static final String LEVELS_DESCRIPTION = """
            `level` is `block` (the default: nothing is opened any more), `cancel` (also, an order to open that no broker \
            has yet is not sent any more), or `flatten` (also, bots stop and close what they hold, and what is held by \
            hand is sold). Pulled again, the switch has the new level.""";

    private final PositionCloser closer;

    private final KillSwitchService killSwitches;

    private final BlockingExecutor blocking;

    PositionCloseController(PositionCloser closer, KillSwitchService killSwitches, BlockingExecutor blocking) {
        this.closer = closer;
        this.killSwitches = killSwitches;
        this.blocking = blocking;
    }

    @PostMapping("/api/positions/{id}/close")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "closePosition", summary = "Closes one position, of a bot or opened manually",
            description = """
                    Returns the order that closes it, with the `reason` `by_hand` for a bot; read what becomes of it at \
                    `/api/orders/{id}`. A bot first ends the order that lies at the broker for the position, and sells the rest. It \
                    stays in its state, so while it is running it may open a position again: to prevent that, stop it. The same \
                    `Idempotency-Key` with the same position is the same order, with another position 422.

                    Returns 409 with its next step: `position-is-option` (it ends by itself), `position-on-sale` (an order sells \
                    all of it), `position-too-small` (the broker does not trade so little), `order-ambiguous` (an order of the bot \
                    must be resolved first), `bot-stopped` (a stopped bot sells nothing), or `position-of-former-account` (its bot \
                    trades with another account now).""")
    Mono<OrderResponse> closePosition(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @RequestHeader(name = NameBasedUuid.IDEMPOTENCY_KEY_HEADER,
                    required = false) @Nullable String idempotencyKey) {
        user.requireTradeScope();
        UUID orderId = NameBasedUuid.ofKey(user.id(), "close", idempotencyKey);
        return this.blocking.call(() -> OrderResponse.of(this.closer.close(id, user.id(), orderId)));
    }

    @PostMapping("/api/bots/{id}/flatten")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "flattenBot", summary = "Stops a bot and closes its positions",
            description = "Options run to their expiry. The bot is `stopping` until all positions are closed, then `stopped`.")
    Mono<Void> flattenBot(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        user.requireTradeScope();
        return this.blocking.run(() -> this.closer.flattenBot(id, user.id()));
    }

    @PostMapping("/api/bots/accounts/{id}/{money}/flatten")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "flattenAccount",
            summary = "Stops the bots of one of your accounts and closes all its positions",
            description = "Options run to their expiry. Returns how many bots stop, and the manual orders, also rejected ones.")
    Mono<PositionCloser.ClosePositionsResponse> flattenAccount(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, @PathVariable String money) {
        user.requireTradeScope();
        AccountKey account = new AccountKey(id,
                TradingMode.of(money).orElseThrow(() -> ProblemDefinition.notFound().asException()));
        return this.blocking.call(() -> this.closer.flattenAccount(account, user.id()));
    }

    @PutMapping("/api/bots/kill")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "activateKillSwitch", summary = "Activates your kill switch, which stops all your trading",
            description = LEVELS_DESCRIPTION)
    Mono<Void> activateKillSwitch(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestParam(defaultValue = "block") String level) {
        user.requireTradeScope();
        KillLevel killLevel = parseLevel(level);
        return this.blocking.run(() -> this.closer.activateKillSwitch(user.id(), user.id(), killLevel, "by its owner"));
    }

    @DeleteMapping("/api/bots/kill")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deactivateKillSwitch", summary = "Deactivates your kill switch")
    Mono<Void> deactivateKillSwitch(@AuthenticationPrincipal AuthenticatedUser user) {
        user.requireTradeScope();
        return this.blocking.run(() -> this.killSwitches.deactivate(user.id()));
    }

    @PutMapping("/api/bots/kill-all")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "activateGlobalKillSwitch",
            summary = "Activates the global kill switch, which stops the trading of all users; for admins",
            description = LEVELS_DESCRIPTION)
    Mono<Void> activateGlobalKillSwitch(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestParam(defaultValue = "block") String level) {
        user.requireAdmin();
        KillLevel killLevel = parseLevel(level);
        return this.blocking.run(() -> this.closer.activateKillSwitch(AccountRepository.ALL_USERS, user.id(), killLevel,
                "by an operator"));
    }

    @DeleteMapping("/api/bots/kill-all")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deactivateGlobalKillSwitch", summary = "Deactivates the global kill switch; for admins")
    Mono<Void> deactivateGlobalKillSwitch(@AuthenticationPrincipal AuthenticatedUser user) {
        user.requireAdmin();
        return this.blocking.run(() -> this.killSwitches.deactivate(AccountRepository.ALL_USERS));
    }

    private static KillLevel parseLevel(String text) {
        Optional<KillLevel> level = KillLevel.of(text);
        FieldValidator fields = new FieldValidator();
        fields.require(level.isPresent(), "level", "block, cancel or flatten");
        fields.check();
        return level.orElseThrow();
    }

}
