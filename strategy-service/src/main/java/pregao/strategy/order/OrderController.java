package pregao.strategy.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.page.PageRequest;
import pregao.strategy.page.Paginator;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/orders}: reads the orders of the user.
 */
@RestController
@SecurityRequirement(name = "token")
class OrderController {

    private static final String SELECT = "select " + OrderRepository.COLUMNS + ", created_at from strategy.order_";

    private final Paginator paginator;

    private final JdbcClient database;

    private final BlockingExecutor blocking;

    OrderController(Paginator paginator, JdbcClient database, BlockingExecutor blocking) {
        this.paginator = paginator;
        this.database = database;
        this.blocking = blocking;
    }

    @GetMapping("/api/orders")
    @Operation(operationId = "listOrders",
            summary = "Lists your orders, including those that risk rejected, newest first",
            description = """
                    `fees` is what the broker took, by asset, as it reported it: `rate` is what one of the asset was worth \
                    in the currency of the account at the fill, and null where that is not known. `fee` is their sum in \
                    that currency, without those of unknown worth. On paper there is only `fee`.""",
            parameters = { @Parameter(name = "limit"), @Parameter(name = "cursor"), @Parameter(name = "bot"),
                    @Parameter(name = "symbol") })
    Mono<Paginator.Page<OrderResponse>> listOrders(@AuthenticationPrincipal AuthenticatedUser user,
            @Parameter(hidden = true) @RequestParam Map<String, String> parameters) {
        PageRequest request = PageRequest.parse(parameters);
        return this.blocking.call(() -> this.paginator.findPage(SELECT, "created_at", user.id(), request,
                OrderController::mapRow, (order) -> new PageRequest.Cursor(order.requireCreatedAt(), order.id())));
    }

    @GetMapping("/api/orders/{id}")
    @Operation(operationId = "getOrder", summary = "Returns one of your orders")
    Mono<OrderResponse> getOrder(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.blocking.call(() -> this.database.sql(SELECT + " where id = :id and person = :person")
            .param("id", id)
            .param("person", user.id())
            .query(OrderController::mapRow)
            .optional()
            .orElseThrow(() -> ProblemDefinition.notFound().asException()));
    }

    private static OrderResponse mapRow(ResultSet row, int number) throws SQLException {
        return OrderResponse.of(OrderRepository.mapRow(row), row.getTimestamp("created_at").toInstant());
    }

}
