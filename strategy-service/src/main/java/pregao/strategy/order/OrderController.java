package pregao.strategy.order;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.http.problem.Trouble;
import pregao.strategy.access.Person;
import pregao.strategy.database.Blocking;
import pregao.strategy.page.PageWish;
import pregao.strategy.page.Pages;

/**
 * {@code /api/orders}: the orders on one's accounts.
 */
@RestController
@SecurityRequirement(name = "token")
class OrderController {

    private static final String SELECT = "select " + Orders.COLUMNS + ", created_at from strategy.order_";

    private final Pages pages;

    private final JdbcClient database;

    private final Blocking blocking;

    OrderController(Pages pages, JdbcClient database, Blocking blocking) {
        this.pages = pages;
        this.database = database;
        this.blocking = blocking;
    }

    @GetMapping("/api/orders")
    @Operation(operationId = "orders", summary = "Your orders, also those that risk did not allow, the newest first",
            parameters = { @Parameter(name = "limit"), @Parameter(name = "cursor"), @Parameter(name = "bot"),
                    @Parameter(name = "symbol") })
    Mono<Pages.Page<Item>> orders(@AuthenticationPrincipal Person person,
            @Parameter(hidden = true) @RequestParam Map<String, String> parameters) {
        PageWish wish = PageWish.of(parameters);
        return this.blocking.call(() -> this.pages.of(SELECT, "created_at", person.id(), wish, OrderController::row,
                (item) -> new PageWish.Place(item.createdAt(), item.id())));
    }

    @GetMapping("/api/orders/{id}")
    @Operation(operationId = "order", summary = "One of your orders")
    Mono<Item> order(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        return this.blocking.call(() -> this.database.sql(SELECT + " where id = :id and person = :person")
            .param("id", id)
            .param("person", person.id())
            .query(OrderController::row)
            .optional()
            .orElseThrow(() -> Trouble.notFound().asException()));
    }

    private static Item row(ResultSet row, int number) throws SQLException {
        return Item.of(Orders.row(row), row.getTimestamp("created_at").toInstant());
    }

    /**
     * An order as its owner is told of it.
     *
     * @param id which
     * @param account on which account
     * @param money with which money
     * @param bot whose decision; null where by hand
     * @param feed of which feed
     * @param symbol of what
     * @param side which way
     * @param purpose {@code open} or {@code close}
     * @param amount the quantity, or the stake of an option; 0 until the price decides it
     * @param level which entry of a cycle, the first is 0
     * @param state what became of it so far
     * @param reason why, in a word
     * @param message why, in words
     * @param decidedAt when it was decided
     * @param validUntil after this it is not sent; null on paper
     * @param price when it was decided
     * @param filledPrice at which it was filled
     * @param fee what that cost
     * @param profit of an option
     * @param createdAt when it was written down
     */
    record Item(UUID id, UUID account, String money, @Nullable UUID bot, String feed, String symbol, String side,
            String purpose, BigDecimal amount, int level, String state, String reason, String message,
            Instant decidedAt, @Nullable Instant validUntil, @Nullable BigDecimal price,
            @Nullable BigDecimal filledPrice, @Nullable BigDecimal fee, @Nullable BigDecimal profit,
            Instant createdAt) {

        static Item of(Order order, Instant createdAt) {
            Filled fill = Objects.requireNonNullElse(order.fill(), new Filled(null, null, null, null, null, 0));
            Long valid = order.validUntil();
            return new Item(order.id(), order.owner().account().id(), order.owner().account().money().text(),
                    order.owner().bot(), order.instrument().feed(), order.instrument().symbol(), order.side().text(),
                    order.purpose().text(), order.amount(), order.level(), order.state().text(), order.reason(),
                    order.message(), Instant.ofEpochMilli(order.decidedAt()),
                    (valid != null) ? Instant.ofEpochMilli(valid) : null, order.price(), fill.price(), fill.fee(),
                    fill.profit(), createdAt);
        }

    }

}
