package pregao.session.broker.execution;

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

import pregao.session.broker.account.BrokerAccountRepository;
import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.TradingMode;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/brokers/accounts/{account}/orders}: orders with play money by hand. Real
 * money goes through a strategy's checks of risk.
 */
@RestController
@RequestMapping("/api/brokers/accounts/{account}/orders")
@SecurityRequirement(name = "token")
class OrderController {

    private static final Duration ORDER_VALIDITY = Duration.ofSeconds(10);

    private static final int MAX_COUNT = 100;

    private final BrokerAccountRepository accounts;

    private final ExecutionRepository executions;

    private final OrderPlacementService placing;

    private final OrderReconciler asking;

    private final Clock clock;

    OrderController(BrokerAccountRepository accounts, ExecutionRepository executions, OrderPlacementService placing,
            OrderReconciler asking, Clock clock) {
        this.accounts = accounts;
        this.executions = executions;
        this.placing = placing;
        this.asking = asking;
        this.clock = clock;
    }

    @PutMapping("/{id}")
    @Operation(operationId = "placeOrder",
            summary = "Places a demo order; repeated requests place it once; returns 202 while its state is unknown")
    Mono<ResponseEntity<ExecutionResponse>> place(@AuthenticationPrincipal AuthenticatedUser person,
            @PathVariable UUID account, @PathVariable UUID id, @RequestBody PlaceOrderRequest wish) {
        return this.accounts.getByIdAndUser(account, person.id())
            .flatMap((own) -> decided(wish, id))
            .flatMap((decided) -> this.placing.place(demo(decided.order(id)), account))
            .map(ExecutionResponse::answer);
    }

    /** Who does not say when, and repeats it, means the same moment. */
    private Mono<PlaceOrderRequest> decided(PlaceOrderRequest wish, UUID id) {
        Instant now = this.clock.instant();
        return this.executions.withId(id)
            .map(Execution::order)
            .map((brokerOrder) -> wish.decided(brokerOrder.decidedAt(), brokerOrder.validUntil()))
            .defaultIfEmpty(wish.decided(now, now.plus(ORDER_VALIDITY)));
    }

    private static BrokerOrder demo(BrokerOrder order) {
        FieldValidator fields = new FieldValidator();
        fields.require(order.account() == TradingMode.DEMO, "money", "demo; real money is for strategies");
        fields.check();
        return order;
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getBrokerOrder",
            summary = "Returns one of your broker orders; 202 while its state is unknown")
    Mono<ResponseEntity<ExecutionResponse>> order(@AuthenticationPrincipal AuthenticatedUser person,
            @PathVariable UUID account, @PathVariable UUID id) {
        return this.accounts.getByIdAndUser(account, person.id())
            .flatMap((own) -> this.executions.withId(id))
            .filter((execution) -> execution.account().equals(account))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .flatMap(this.asking::now)
            .map(ExecutionResponse::answer);
    }

    @GetMapping
    @Operation(operationId = "listBrokerOrders", summary = "Lists the latest orders of an account")
    Mono<ExecutionResponse.ExecutionsResponse> orders(@AuthenticationPrincipal AuthenticatedUser person,
            @PathVariable UUID account) {
        return this.accounts.getByIdAndUser(account, person.id())
            .flatMap((own) -> this.executions.of(account, MAX_COUNT)
                .map(ExecutionResponse::of)
                .collectList()
                .map(ExecutionResponse.ExecutionsResponse::new));
    }

}
