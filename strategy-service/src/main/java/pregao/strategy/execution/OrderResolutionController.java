package pregao.strategy.execution;

import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.json.JsonBody;
import pregao.strategy.order.OrderResponse;
import pregao.strategy.security.AuthenticatedUser;

/**
 * {@code /api/orders/{id}/resolve}: resolves an ambiguous order.
 */
@RestController
@SecurityRequirement(name = "token")
class OrderResolutionController {

    private final OrderResolver resolver;

    private final BlockingExecutor blocking;

    OrderResolutionController(OrderResolver resolver, BlockingExecutor blocking) {
        this.resolver = resolver;
        this.blocking = blocking;
    }

    @PostMapping(path = "/api/orders/{id}/resolve", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "resolveOrder", summary = "Resolves an ambiguous order by what the broker shows you",
            description = """
                    `outcome` is `filled` with `price`, `quantity` and `fee` for spot, `settled` with `profit` for an \
                    option, or `rejected`, `not_found` or `refunded`; `reason` says in 1 to 200 characters where you saw \
                    it. Returns 409 if the order is not ambiguous. A bot that was halted because of the order goes on. Who \
                    resolved what is kept.""")
    Mono<OrderResponse> resolve(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @RequestBody @Schema(implementation = OrderResolution.class) byte[] body) {
        user.requireTradeScope();
        return this.blocking.call(() -> OrderResponse.of(this.resolver.resolve(id, user.id(), JsonBody.parse(body))));
    }

}
