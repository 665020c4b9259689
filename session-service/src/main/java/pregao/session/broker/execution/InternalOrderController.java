package pregao.session.broker.execution;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

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

import pregao.session.broker.account.BrokerAccount;
import pregao.session.broker.account.BrokerAccountRepository;
import pregao.session.broker.account.OwnerProxy;
import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * {@code /internal/orders}: orders of strategies. Only other services come here, with a
 * token for the operation.
 */
@RestController
@RequestMapping("/internal/orders")
@Hidden
class InternalOrderController {

    private final BrokerAccountRepository accounts;

    private final ExecutionRepository executions;

    private final OrderPlacementService placing;

    private final ExecutionJournal writing;

    private final OrderReconciler asking;

    private final OwnerProxy forwarding;

    private final JsonMapper json;

    private final Clock clock;

    InternalOrderController(BrokerAccountRepository accounts, ExecutionRepository executions,
            OrderPlacementService placing, ExecutionJournal writing, OrderReconciler asking, OwnerProxy forwarding,
            JsonMapper json, Clock clock) {
        this.accounts = accounts;
        this.executions = executions;
        this.placing = placing;
        this.writing = writing;
        this.asking = asking;
        this.forwarding = forwarding;
        this.json = json;
        this.clock = clock;
    }

    @PutMapping("/{id}")
    Mono<ResponseEntity<?>> place(@PathVariable UUID id, @RequestBody PlaceOrderRequest wish,
            ServerHttpRequest request) {
        UUID account;
        BrokerOrder order;
        try {
            account = account(wish);
            order = wish.order(id);
        }
        catch (ProblemException ex) {
            return knownOrNotSent(id, wish, PlaceOrderResult.RejectReason.INVALID, wrong(ex));
        }
        return this.placing.placeImmediately(order, account)
            .<ResponseEntity<?>>map(ExecutionResponse::answer)
            .switchIfEmpty(Mono.defer(() -> lookedAt(wish, order, account, request)));
    }

    /** Where it is not as simple: which replica has the account, and what came before. */
    private Mono<ResponseEntity<?>> lookedAt(PlaceOrderRequest wish, BrokerOrder order, UUID account,
            ServerHttpRequest request) {
        if (this.clock.instant().isAfter(order.validUntil().plus(OutcomeResolver.ARRIVAL_TIMEOUT))) {
            return knownOrNotSent(order.id(), wish, PlaceOrderResult.RejectReason.TOO_LATE,
                    "It was valid until " + order.validUntil());
        }
        return this.accounts.findById(account)
            .map(Optional::of)
            .defaultIfEmpty(Optional.empty())
            .flatMap((known) -> known.isPresent() ? placed(known.get(), wish, order, request)
                    : knownOrNotSent(order.id(), wish, PlaceOrderResult.RejectReason.NOT_CONNECTED,
                            "There is no account %s at a broker".formatted(account)));
    }

    private Mono<ResponseEntity<?>> placed(BrokerAccount account, PlaceOrderRequest wish, BrokerOrder order,
            ServerHttpRequest request) {
        return this.forwarding.findOwnerAddress(account, request)
            .<ResponseEntity<?>>flatMap(
                    (address) -> this.forwarding.forwardWithBody(request, address, this.json.writeValueAsBytes(wish)))
            .switchIfEmpty(Mono.defer(() -> this.placing.place(order, account.id()).map(ExecutionResponse::answer)))
            .onErrorResume(InternalOrderController::isOfFields, (ex) -> refused(order, account.id(),
                    new ExecutionOutcome.NotSent(PlaceOrderResult.RejectReason.INVALID, wrong((ProblemException) ex))));
    }

    /**
     * What the broker does not offer now it may offer later, so the refusal is written
     * down before it is told: the same order may be on its way here a second time.
     */
    private Mono<ResponseEntity<?>> refused(BrokerOrder order, UUID account, ExecutionOutcome.NotSent refusal) {
        return this.accounts.findById(account)
            .filter((owned) -> owned.owner() != null)
            .flatMap((owned) -> this.writing.refuse(order, owned, refusal))
            .then(Mono.defer(() -> this.executions.withId(order.id())))
            .<ResponseEntity<?>>map(ExecutionResponse::answer)
            .switchIfEmpty(Mono.error(
                    () -> ProblemDefinition.unavailable("Another replica speaks for the account now").asException()));
    }

    /**
     * What is known of an order, or that it is never sent: a refusal of this order, which
     * its sender takes for final. Any other failure leaves the order open.
     */
    private Mono<ResponseEntity<?>> knownOrNotSent(UUID id, PlaceOrderRequest wish, PlaceOrderResult.RejectReason why,
            String message) {
        return this.executions.withId(id)
            .<ResponseEntity<?>>map(ExecutionResponse::answer)
            .switchIfEmpty(Mono.fromSupplier(() -> ResponseEntity.ok(ExecutionResponse.notSent(id, wish,
                    new ExecutionOutcome.NotSent(why, message), this.clock.instant()))));
    }

    /** Such as a length that the broker does not offer. */
    private static boolean isOfFields(Throwable failure) {
        return failure instanceof ProblemException invalid && !invalid.problem().errors().isEmpty();
    }

    private static String wrong(ProblemException invalid) {
        return invalid.problem()
            .errors()
            .stream()
            .map((error) -> error.field() + ": " + error.expected())
            .collect(Collectors.joining("; "));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<?>> order(@PathVariable UUID id, ServerHttpRequest request) {
        return this.executions.withId(id)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .flatMap((execution) -> this.accounts.findById(execution.account())
                .filter((account) -> execution.dueAt() != null)
                .flatMap((account) -> this.forwarding.findOwnerAddress(account, request))
                .<ResponseEntity<?>>flatMap((address) -> this.forwarding.forwardWithBody(request, address, new byte[0]))
                .switchIfEmpty(Mono.defer(() -> this.asking.now(execution).map(ExecutionResponse::answer))));
    }

    private static UUID account(PlaceOrderRequest wish) {
        UUID account = wish.account();
        if (account == null) {
            FieldValidator fields = new FieldValidator();
            fields.require(false, "account", "the account's id");
            fields.check();
            throw new IllegalStateException("it was checked");
        }
        return account;
    }

}
