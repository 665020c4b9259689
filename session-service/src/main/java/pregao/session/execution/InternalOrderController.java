package pregao.session.execution;

import java.util.UUID;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pregao.session.account.BrokerAccounts;
import pregao.session.account.Forwarding;
import pregao.session.broker.BrokerOrder;
import pregao.http.problem.Fields;
import pregao.http.problem.Trouble;

/**
 * {@code /internal/orders}: orders of strategies. Only other services come here, with a
 * token that is made of the secret they share.
 */
@RestController
@RequestMapping("/internal/orders")
@Hidden
class InternalOrderController {

    private final BrokerAccounts accounts;

    private final Executions executions;

    private final Placing placing;

    private final Asking asking;

    private final Forwarding forwarding;

    private final JsonMapper json;

    InternalOrderController(BrokerAccounts accounts, Executions executions, Placing placing, Asking asking,
            Forwarding forwarding, JsonMapper json) {
        this.accounts = accounts;
        this.executions = executions;
        this.placing = placing;
        this.asking = asking;
        this.forwarding = forwarding;
        this.json = json;
    }

    @PutMapping("/{id}")
    Mono<ResponseEntity<?>> place(@PathVariable UUID id, @RequestBody OrderWish wish, ServerHttpRequest request) {
        UUID account = account(wish);
        BrokerOrder order = wish.order(id);
        return this.placing.straight(order, account)
            .<ResponseEntity<?>>map(ExecutionItem::answer)
            .switchIfEmpty(Mono.defer(() -> lookedAt(wish, order, account, request)));
    }

    /** Where it is not as simple: which replica has the account, and what came before. */
    private Mono<ResponseEntity<?>> lookedAt(OrderWish wish, BrokerOrder order, UUID account,
            ServerHttpRequest request) {
        return this.accounts.withId(account)
            .switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()))
            .flatMap((known) -> this.forwarding.elsewhere(known, request))
            .<ResponseEntity<?>>flatMap(
                    (address) -> this.forwarding.again(request, address, this.json.writeValueAsBytes(wish)))
            .switchIfEmpty(Mono.defer(() -> this.placing.place(order, account).map(ExecutionItem::answer)));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<?>> order(@PathVariable UUID id, ServerHttpRequest request) {
        return this.executions.withId(id)
            .switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()))
            .flatMap((execution) -> this.accounts.withId(execution.account())
                .filter((account) -> execution.dueAt() != null)
                .flatMap((account) -> this.forwarding.elsewhere(account, request))
                .<ResponseEntity<?>>flatMap((address) -> this.forwarding.again(request, address, new byte[0]))
                .switchIfEmpty(Mono.defer(() -> this.asking.now(execution).map(ExecutionItem::answer))));
    }

    private static UUID account(OrderWish wish) {
        UUID account = wish.account();
        if (account == null) {
            Fields fields = new Fields();
            fields.require(false, "account", "the account's id");
            fields.check();
            throw new IllegalStateException("it was checked");
        }
        return account;
    }

}
