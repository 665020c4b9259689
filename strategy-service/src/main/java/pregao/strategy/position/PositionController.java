package pregao.strategy.position;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.security.AuthenticatedUser;

/**
 * {@code /api/positions}: lists the open positions of the user.
 */
@RestController
@SecurityRequirement(name = "token")
class PositionController {

    private static final String SELECT = """
            select account, money, bot, feed, symbol, kind, side, opened_at, amount, entry, stop, take
            from strategy.position where person = :person order by opened_at, account, bot, feed, symbol limit 2000""";

    private final JdbcClient database;

    private final BlockingExecutor blocking;

    PositionController(JdbcClient database, BlockingExecutor blocking) {
        this.database = database;
        this.blocking = blocking;
    }

    @GetMapping("/api/positions")
    @Operation(operationId = "listPositions", summary = "Lists the open positions of your accounts, oldest first")
    Mono<PositionsResponse> listPositions(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.blocking.call(() -> new PositionsResponse(this.database.sql(SELECT)
            .param("person", user.id())
            .query((row, number) -> mapRow(row, user.id()))
            .list()));
    }

    private static PositionResponse mapRow(ResultSet row, UUID userId) throws SQLException {
        UUID bot = row.getObject(3, UUID.class);
        AccountKey account = new AccountKey(row.getObject(1, UUID.class),
                TradingMode.of(row.getString(2)).orElseThrow());
        UUID id = PositionRepository.computeId(new OrderOwner(userId, account, bot),
                new Instrument(row.getString(4), row.getString(5)));
        return new PositionResponse(id, account.id(), account.money().text(),
                bot.equals(PositionRepository.NO_BOT) ? null : bot, row.getString(4), row.getString(5),
                row.getString(6), row.getString(7), row.getTimestamp(8).toInstant(), row.getBigDecimal(9),
                row.getBigDecimal(10), row.getBigDecimal(11), row.getBigDecimal(12));
    }

    /**
     * A position in the API.
     *
     * @param id the id, which stays the same while the position is open
     * @param account the id of the account
     * @param money the mode: {@code paper}, {@code demo} or {@code real}
     * @param bot the id of the bot; null for a manual position
     * @param feed the feed
     * @param symbol the symbol
     * @param kind {@code spot} or {@code option}
     * @param side the side
     * @param openedAt the time of the entry
     * @param amount the quantity, or the stake of an option
     * @param entry the entry price
     * @param stop the stop price
     * @param take the take-profit price
     */
    record PositionResponse(UUID id, UUID account, String money, @Nullable UUID bot, String feed, String symbol,
            String kind, String side, Instant openedAt, BigDecimal amount, @Nullable BigDecimal entry,
            @Nullable BigDecimal stop, @Nullable BigDecimal take) {

    }

    /**
     * The response to a list of positions.
     *
     * @param items the positions, oldest first
     */
    record PositionsResponse(List<PositionResponse> items) {

    }

}
