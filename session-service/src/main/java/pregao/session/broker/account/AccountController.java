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
 * {@code /api/brokers/accounts}: one's own accounts at brokers.
 */
@RestController
@RequestMapping("/api/brokers/accounts")
@SecurityRequirement(name = "token")
class AccountController {

    private final BrokerAccountRepository accounts;

    private final BrokerSessionRegistry sessions;

    private final PendingTwoFactorLogins steps;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    AccountController(BrokerAccountRepository accounts, BrokerSessionRegistry sessions, PendingTwoFactorLogins steps,
            AuditLog events, TransactionalOperator transactions) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.steps = steps;
        this.events = events;
        this.transactions = transactions;
    }

    @GetMapping
    @Operation(operationId = "listBrokerAccounts",
            summary = "Lists your broker accounts and the states of their sessions")
    Mono<BrokerAccountResponse.BrokerAccountsResponse> accounts(@AuthenticationPrincipal AuthenticatedUser person) {
        return this.accounts.all(person.id())
            .map(this::item)
            .collectList()
            .map(BrokerAccountResponse.BrokerAccountsResponse::new);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getBrokerAccount", summary = "Returns one of your broker accounts")
    Mono<BrokerAccountResponse> account(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return this.accounts.own(id, person.id()).map(this::item);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteBrokerAccount",
            summary = "Disconnects and deletes one of your broker accounts; its orders and trades stay")
    Mono<Void> delete(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            ServerHttpRequest request) {
        return this.transactions
            .transactional(this.accounts.own(id, person.id())
                .delayUntil(this.accounts::delete)
                .flatMap((account) -> this.events.recordOwn(AuditEventType.BROKER_DELETED, person.id(),
                        ClientInfo.of(request), account.broker() + " " + id)))
            .then(Mono.defer(() -> this.sessions.lost(id)));
    }

    @GetMapping("/{id}/balances")
    @Operation(operationId = "listBalances", summary = "Returns your balances at a broker")
    Mono<BalancesResponse> balances(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return session(id, person).flatMap(BrokerSession::balances)
            .map((all) -> new BalancesResponse(all.stream().map(BalancesResponse.BalanceResponse::of).toList()))
            .onErrorMap(BrokerException.class, BrokerErrorMapper::of);
    }

    @GetMapping("/{id}/instruments")
    @Operation(operationId = "listBrokerInstruments", summary = "Lists the instruments of a broker")
    Mono<InstrumentsResponse> instruments(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return session(id, person).flatMap(BrokerSession::instruments)
            .map((all) -> new InstrumentsResponse(
                    all.stream().map(InstrumentsResponse.BrokerInstrumentResponse::of).toList()))
            .onErrorMap(BrokerException.class, BrokerErrorMapper::of);
    }

    private Mono<BrokerSession> session(UUID id, AuthenticatedUser person) {
        return this.accounts.own(id, person.id())
            .flatMap((account) -> this.sessions.of(id))
            .flatMap(ManagedBrokerSession::session);
    }

    private BrokerAccountResponse item(BrokerAccount account) {
        return BrokerAccountResponse.of(account, this.steps.of(account.id()).orElse(null));
    }

}
