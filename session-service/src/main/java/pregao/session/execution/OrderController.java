package pregao.session.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.access.Person;
import pregao.session.account.BrokerAccounts;
import pregao.session.broker.BrokerAccount;
import pregao.session.broker.BrokerOrder;
import pregao.http.problem.Fields;
import pregao.http.problem.Trouble;

/**
 * {@code /api/brokers/accounts/{account}/orders}: orders with play money by hand. Real
 * money goes through a strategy's checks of risk.
 */
@RestController
@RequestMapping("/api/brokers/accounts/{account}/orders")
@SecurityRequirement(name = "token")
class OrderController {

    private static final Duration VALID = Duration.ofSeconds(10);

    private static final int MOST = 100;

    private final BrokerAccounts accounts;

    private final Executions executions;

    private final Placing placing;

    private final Asking asking;

    private final Clock clock;

    OrderController(BrokerAccounts accounts, Executions executions, Placing placing, Asking asking, Clock clock) {
        this.accounts = accounts;
        this.executions = executions;
        this.placing = placing;
        this.asking = asking;
        this.clock = clock;
    }

    @PutMapping("/{id}")
    @Operation(operationId = "placeOrder",
            summary = "Places an order with play money, once whatever often it is sent; 202 while nobody knows")
    Mono<ResponseEntity<ExecutionItem>> place(@AuthenticationPrincipal Person person, @PathVariable UUID account,
            @PathVariable UUID id, @RequestBody OrderWish wish) {
        return this.accounts.own(account, person.id())
            .flatMap((own) -> decided(wish, id))
            .flatMap((decided) -> this.placing.place(demo(decided.order(id)), account))
            .map(ExecutionItem::answer);
    }

    /** Who does not say when, and repeats it, means the same moment. */
    private Mono<OrderWish> decided(OrderWish wish, UUID id) {
        Instant now = this.clock.instant();
        return this.executions.withId(id)
            .map(Execution::order)
            .map((known) -> wish.decided(known.decidedAt(), known.validUntil()))
            .defaultIfEmpty(wish.decided(now, now.plus(VALID)));
    }

    private static BrokerOrder demo(BrokerOrder order) {
        Fields fields = new Fields();
        fields.require(order.account() == BrokerAccount.DEMO, "money", "demo; real money is for strategies");
        fields.check();
        return order;
    }

    @GetMapping("/{id}")
    @Operation(operationId = "brokerOrder", summary = "What has become of one of your orders; 202 while nobody knows")
    Mono<ResponseEntity<ExecutionItem>> order(@AuthenticationPrincipal Person person, @PathVariable UUID account,
            @PathVariable UUID id) {
        return this.accounts.own(account, person.id())
            .flatMap((own) -> this.executions.withId(id))
            .filter((execution) -> execution.account().equals(account))
            .switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()))
            .flatMap(this.asking::now)
            .map(ExecutionItem::answer);
    }

    @GetMapping
    @Operation(operationId = "brokerOrders", summary = "Your last orders from an account")
    Mono<ExecutionItem.Items> orders(@AuthenticationPrincipal Person person, @PathVariable UUID account) {
        return this.accounts.own(account, person.id())
            .flatMap((own) -> this.executions.of(account, MOST)
                .map(ExecutionItem::of)
                .collectList()
                .map(ExecutionItem.Items::new));
    }

}
