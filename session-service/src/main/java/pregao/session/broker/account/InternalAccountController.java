package pregao.session.broker.account;

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

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerSession;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /internal/accounts}: the account data that strategies need. Only other services
 * may call it.
 */
@RestController
@RequestMapping("/internal/accounts")
@Hidden
class InternalAccountController {

    private final BrokerAccountRepository accounts;

    private final BrokerSessionRegistry sessions;

    private final OwnerProxy ownerProxy;

    private final BrokerProperties settings;

    InternalAccountController(BrokerAccountRepository accounts, BrokerSessionRegistry sessions, OwnerProxy ownerProxy,
            BrokerProperties settings) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.ownerProxy = ownerProxy;
        this.settings = settings;
    }

    @GetMapping("/{id}")
    Mono<InternalAccountResponse> account(@PathVariable UUID id) {
        return getAccount(id).map((account) -> new InternalAccountResponse(account.id(), account.person(),
                account.broker(), account.state().text(), account.realMoney() && this.settings.realMoney()));
    }

    @GetMapping("/{id}/instruments")
    Mono<ResponseEntity<?>> instruments(@PathVariable UUID id, ServerHttpRequest request) {
        return callOwner(id, request,
                (session) -> session.instruments()
                    .map((instruments) -> new InstrumentsResponse(
                            instruments.stream().map(InstrumentsResponse.BrokerInstrumentResponse::of).toList())));
    }

    @GetMapping("/{id}/balances")
    Mono<ResponseEntity<?>> balances(@PathVariable UUID id, ServerHttpRequest request) {
        return callOwner(id, request,
                (session) -> session.balances()
                    .map((balances) -> new BalancesResponse(
                            balances.stream().map(BalancesResponse.BalanceResponse::of).toList())));
    }

    /**
     * Calls the session, or forwards the request to the replica that owns the account.
     */
    private Mono<ResponseEntity<?>> callOwner(UUID id, ServerHttpRequest request,
            Function<BrokerSession, Mono<?>> call) {
        return getAccount(id).flatMap((account) -> this.ownerProxy.findOwnerAddress(account, request))
            .<ResponseEntity<?>>flatMap((address) -> this.ownerProxy.forwardWithBody(request, address, new byte[0]))
            .switchIfEmpty(Mono.defer(() -> this.sessions.getOrOpen(id)
                .flatMap(ManagedBrokerSession::awaitSession)
                .flatMap(call)
                .map(ResponseEntity::ok)
                .onErrorMap(BrokerException.class, BrokerErrorMapper::toProblem)));
    }

    private Mono<BrokerAccount> getAccount(UUID id) {
        return this.accounts.findById(id).switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    /**
     * The account data that strategies need.
     *
     * @param id the ID of the account
     * @param person the ID of the user
     * @param broker the name of the broker
     * @param state the state of the session
     * @param realMoney whether both the operator and the user allow real money
     */
    record InternalAccountResponse(UUID id, UUID person, String broker, String state, boolean realMoney) {

    }

}
