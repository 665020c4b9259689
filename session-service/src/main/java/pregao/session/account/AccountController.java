package pregao.session.account;

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

import pregao.session.access.Caller;
import pregao.session.access.Person;
import pregao.session.broker.BrokerFailure;
import pregao.session.broker.BrokerSession;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;

/**
 * {@code /api/brokers/accounts}: one's own accounts at brokers.
 */
@RestController
@RequestMapping("/api/brokers/accounts")
@SecurityRequirement(name = "token")
class AccountController {

    private final BrokerAccounts accounts;

    private final OpenSessions sessions;

    private final CodeSteps steps;

    private final EventLog events;

    private final TransactionalOperator transactions;

    AccountController(BrokerAccounts accounts, OpenSessions sessions, CodeSteps steps, EventLog events,
            TransactionalOperator transactions) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.steps = steps;
        this.events = events;
        this.transactions = transactions;
    }

    @GetMapping
    @Operation(operationId = "accounts", summary = "Your accounts at brokers, and how their sessions are")
    Mono<AccountItem.Items> accounts(@AuthenticationPrincipal Person person) {
        return this.accounts.all(person.id()).map(this::item).collectList().map(AccountItem.Items::new);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "account", summary = "One of your accounts at brokers")
    Mono<AccountItem> account(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        return this.accounts.own(id, person.id()).map(this::item);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAccount",
            summary = "Closes one of your accounts' sessions and forgets the account; what was traded stays")
    Mono<Void> delete(@AuthenticationPrincipal Person person, @PathVariable UUID id, ServerHttpRequest request) {
        return this.transactions
            .transactional(this.accounts.own(id, person.id())
                .delayUntil(this.accounts::delete)
                .flatMap((account) -> this.events.own(EventKind.BROKER_DELETED, person.id(), Caller.of(request),
                        account.broker() + " " + id)))
            .then(Mono.defer(() -> this.sessions.lost(id)));
    }

    @GetMapping("/{id}/balances")
    @Operation(operationId = "balances", summary = "Your money at a broker")
    Mono<Wallets> balances(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        return session(id, person).flatMap(BrokerSession::balances)
            .map((all) -> new Wallets(all.stream().map(Wallets.Item::of).toList()))
            .onErrorMap(BrokerFailure.class, BrokerTroubles::of);
    }

    @GetMapping("/{id}/instruments")
    @Operation(operationId = "brokerInstruments", summary = "What a broker trades")
    Mono<Traded> instruments(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        return session(id, person).flatMap(BrokerSession::instruments)
            .map((all) -> new Traded(all.stream().map(Traded.Item::of).toList()))
            .onErrorMap(BrokerFailure.class, BrokerTroubles::of);
    }

    private Mono<BrokerSession> session(UUID id, Person person) {
        return this.accounts.own(id, person.id())
            .flatMap((account) -> this.sessions.of(id))
            .flatMap(OpenAccount::session);
    }

    private AccountItem item(StoredAccount account) {
        return AccountItem.of(account, this.steps.of(account.id()).orElse(null));
    }

}
