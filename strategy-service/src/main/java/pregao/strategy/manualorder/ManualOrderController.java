package pregao.strategy.manualorder;

import java.net.URI;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.candle.KnownFeeds;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.order.OrderResponse;
import pregao.strategy.security.AuthenticatedUser;
import pregao.strategy.signal.NameBasedUuid;

/**
 * {@code /api/orders}: places orders of a user, or of an external system of the user.
 */
@RestController
@RequestMapping("/api/orders")
@SecurityRequirement(name = "token")
class ManualOrderController {

    private final ManualOrderService orderService;

    private final KnownFeeds feeds;

    private final BlockingExecutor blocking;

    ManualOrderController(ManualOrderService orderService, KnownFeeds feeds, BlockingExecutor blocking) {
        this.orderService = orderService;
        this.feeds = feeds;
        this.blocking = blocking;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createOrder", summary = "Places an order, with the same risk checks as bots' orders",
            description = """
                    `symbol` and `feed` (the key's where it is not said), `side` (`buy`, `sell`, or `call`, `put` with \
                    `seconds` and `payout`), `amount` (the quantity, or the stake); `account` is `paper` or the id of one \
                    of yours at a broker, `money` `paper`, `demo` or `real`. `Idempotency-Key` is required: the same key \
                    with the same request is the same order, with another request 422. What risk does not allow is \
                    answered with the state `refused`. An answer without a body says that the order was still being \
                    written when time was up: read it at `Location`, or send the same request again.""")
    Mono<ResponseEntity<OrderResponse>> createOrder(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestHeader(name = NameBasedUuid.IDEMPOTENCY_KEY_HEADER,
                    required = false) @Nullable String idempotencyKey,
            @RequestBody @Schema(type = "object") byte[] body) {
        return placeOrder(user, NameBasedUuid.ofRequiredKey(user.id(), "orders", idempotencyKey), body);
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "placeOrder",
            summary = "Places an order with an id that you choose; repeated requests place it once")
    Mono<ResponseEntity<OrderResponse>> placeOrder(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, @RequestBody @Schema(type = "object") byte[] body) {
        user.requireTradeScope();
        ManualOrderRequest request = ManualOrderRequestParser.parse(body, user.feed());
        AtomicBoolean hasStarted = new AtomicBoolean();
        URI location = URI.create("/api/orders/" + id);
        return this.blocking.call(() -> {
            hasStarted.set(true);
            this.feeds.requireKnown(request.instrument().feed(), user);
            return this.orderService.place(id, user.id(), request);
        })
            .map((order) -> ResponseEntity.accepted().location(location).body(OrderResponse.of(order)))
            .onErrorResume(TimeoutException.class, (timeout) -> hasStarted.get()
                    ? Mono.just(ResponseEntity.accepted().location(location).build()) : Mono.error(timeout));
    }

}
