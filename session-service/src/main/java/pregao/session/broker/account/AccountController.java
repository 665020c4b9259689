package pregao.session.broker.account;

import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerSession;
import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;

/**
 * {@code /api/brokers/accounts}: the broker accounts of a user.
 */
@RestController
@RequestMapping("/api/brokers/accounts")
@SecurityRequirement(name = "token")
class AccountController {

    private final BrokerAccountRepository accounts;

    private final BrokerSessionRegistry sessions;

    private final PendingTwoFactorLogins pendingLogins;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    AccountController(BrokerAccountRepository accounts, BrokerSessionRegistry sessions,
            PendingTwoFactorLogins pendingLogins, AuditLog auditLog, TransactionalOperator transactions) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.pendingLogins = pendingLogins;
        this.auditLog = auditLog;
        this.transactions = transactions;
    }

    @GetMapping
    @Operation(operationId = "listBrokerAccounts",
            summary = "Lists your broker accounts and the states of their sessions")
    Mono<BrokerAccountResponse.BrokerAccountsResponse> accounts(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.accounts.findByUser(user.id())
            .map(this::toResponse)
            .collectList()
            .map(BrokerAccountResponse.BrokerAccountsResponse::new);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getBrokerAccount", summary = "Returns one of your broker accounts")
    Mono<BrokerAccountResponse> account(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.accounts.getByIdAndUser(id, user.id()).map(this::toResponse);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteBrokerAccount",
            summary = "Disconnects and deletes one of your broker accounts; its orders and trades stay")
    Mono<Void> delete(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            ServerHttpRequest request) {
        return this.transactions
            .transactional(this.accounts.getByIdAndUser(id, user.id())
                .delayUntil(this.accounts::delete)
                .flatMap((account) -> this.auditLog.recordOwn(AuditEventType.BROKER_DELETED, user.id(),
                        ClientInfo.of(request), account.broker() + " " + id)))
            .then(Mono.defer(() -> this.sessions.remove(id)));
    }

    @GetMapping("/{id}/balances")
    @Operation(operationId = "listBalances", summary = "Returns your balances at a broker")
    Mono<BalancesResponse> balances(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return session(id, user).flatMap(BrokerSession::balances)
            .map((balances) -> new BalancesResponse(
                    balances.stream().map(BalancesResponse.BalanceResponse::of).toList()))
            .onErrorMap(BrokerException.class, BrokerErrorMapper::toProblem);
    }

    @GetMapping("/{id}/instruments")
    @Operation(operationId = "listBrokerInstruments", summary = "Lists the instruments of a broker")
    Mono<InstrumentsResponse> instruments(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return session(id, user).flatMap(BrokerSession::instruments)
            .map((instruments) -> new InstrumentsResponse(
                    instruments.stream().map(InstrumentsResponse.BrokerInstrumentResponse::of).toList()))
            .onErrorMap(BrokerException.class, BrokerErrorMapper::toProblem);
    }

    private Mono<BrokerSession> session(UUID id, AuthenticatedUser user) {
        return this.accounts.getByIdAndUser(id, user.id())
            .flatMap((account) -> this.sessions.getOrOpen(id))
            .flatMap(ManagedBrokerSession::awaitSession);
    }

    private BrokerAccountResponse toResponse(BrokerAccount account) {
        return BrokerAccountResponse.of(account, this.pendingLogins.find(account.id()).orElse(null));
    }

}
