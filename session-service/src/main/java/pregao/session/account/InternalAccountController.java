package pregao.session.account;

import java.util.UUID;
import java.util.function.Function;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.http.problem.Trouble;
import pregao.session.broker.BrokerFailure;
import pregao.session.broker.BrokerSession;

/**
 * {@code /internal/accounts}: what strategies must know of an account. Only other
 * services come here.
 */
@RestController
@RequestMapping("/internal/accounts")
@Hidden
class InternalAccountController {

    private final BrokerAccounts accounts;

    private final OpenSessions sessions;

    private final Forwarding forwarding;

    private final BrokerSettings settings;

    InternalAccountController(BrokerAccounts accounts, OpenSessions sessions, Forwarding forwarding,
            BrokerSettings settings) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.forwarding = forwarding;
        this.settings = settings;
    }

    @GetMapping("/{id}")
    Mono<Known> account(@PathVariable UUID id) {
        return find(id).map((account) -> new Known(account.id(), account.person(), account.broker(),
                account.state().text(), account.realMoney() && this.settings.realMoney()));
    }

    @GetMapping("/{id}/instruments")
    Mono<ResponseEntity<?>> instruments(@PathVariable UUID id, ServerHttpRequest request) {
        return asked(id, request, (session) -> session.instruments()
            .map((all) -> new Traded(all.stream().map(Traded.Item::of).toList())));
    }

    @GetMapping("/{id}/balances")
    Mono<ResponseEntity<?>> balances(@PathVariable UUID id, ServerHttpRequest request) {
        return asked(id, request,
                (session) -> session.balances().map((all) -> new Wallets(all.stream().map(Wallets.Item::of).toList())));
    }

    /** The replica answers that has the session. */
    private Mono<ResponseEntity<?>> asked(UUID id, ServerHttpRequest request,
            Function<BrokerSession, Mono<?>> question) {
        return find(id).flatMap((account) -> this.forwarding.elsewhere(account, request))
            .<ResponseEntity<?>>flatMap((address) -> this.forwarding.again(request, address, new byte[0]))
            .switchIfEmpty(Mono.defer(() -> this.sessions.of(id)
                .flatMap(OpenAccount::session)
                .flatMap(question)
                .map(ResponseEntity::ok)
                .onErrorMap(BrokerFailure.class, BrokerTroubles::of)));
    }

    private Mono<StoredAccount> find(UUID id) {
        return this.accounts.withId(id).switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()));
    }

    /**
     * What strategies must know.
     *
     * @param id which
     * @param person whose it is
     * @param broker where
     * @param state how its session is
     * @param realMoney whether the operator and its person both allow real money
     */
    record Known(UUID id, UUID person, String broker, String state, boolean realMoney) {

    }

}
