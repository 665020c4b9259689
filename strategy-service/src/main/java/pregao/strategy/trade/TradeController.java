package pregao.strategy.trade;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.page.PageRequest;
import pregao.strategy.page.Paginator;
import pregao.strategy.security.AuthenticatedUser;

/**
 * {@code /api/trades}: lists the closed trades of the user.
 */
@RestController
@SecurityRequirement(name = "token")
class TradeController {

    private static final String SELECT = """
            select id, account, money, bot, feed, symbol, kind, side, opened_at, closed_at, entry, exit, amount, level,
              fees, profit, reason, ambiguous from strategy.trade""";

    private final Paginator paginator;

    private final BlockingExecutor blocking;

    TradeController(Paginator paginator, BlockingExecutor blocking) {
        this.paginator = paginator;
        this.blocking = blocking;
    }

    @GetMapping("/api/trades")
    @Operation(operationId = "listTrades", summary = "Lists your trades, newest first",
            description = "`fees` is in the currency of the account. By asset, `fees` of the orders has them.",
            parameters = { @Parameter(name = "limit"), @Parameter(name = "cursor"), @Parameter(name = "bot"),
                    @Parameter(name = "symbol") })
    Mono<Paginator.Page<TradeResponse>> listTrades(@AuthenticationPrincipal AuthenticatedUser user,
            @Parameter(hidden = true) @RequestParam Map<String, String> parameters) {
        PageRequest request = PageRequest.parse(parameters);
        return this.blocking.call(() -> this.paginator.findPage(SELECT, "closed_at", user.id(), request,
                TradeController::mapRow, (trade) -> new PageRequest.Cursor(trade.closedAt(), trade.id())));
    }

    private static TradeResponse mapRow(ResultSet row, int number) throws SQLException {
        return new TradeResponse(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3),
                row.getObject(4, UUID.class), row.getString(5), row.getString(6), row.getString(7), row.getString(8),
                row.getTimestamp(9).toInstant(), row.getTimestamp(10).toInstant(), row.getBigDecimal(11),
                row.getBigDecimal(12), row.getBigDecimal(13), row.getInt(14), row.getBigDecimal(15),
                row.getBigDecimal(16), row.getString(17), row.getBoolean(18));
    }

    /**
     * A trade in the API.
     *
     * @param id the id of the trade
     * @param account the id of the account
     * @param money the mode: {@code paper}, {@code demo} or {@code real}
     * @param bot the id of the bot; null for a manual trade
     * @param feed the feed
     * @param symbol the symbol
     * @param kind {@code spot} or {@code option}
     * @param side the side
     * @param openedAt the time of the entry
     * @param closedAt the time of the exit
     * @param entry the entry price
     * @param exit the exit price
     * @param amount the quantity, or the stake of an option
     * @param level the index of the entry within a cycle; the first is 0
     * @param fees the fees of all fills
     * @param profit the profit after fees
     * @param reason the reason code of the exit
     * @param ambiguous whether the candle reached both stop and take, so their order is
     * unknown
     */
    record TradeResponse(UUID id, UUID account, String money, @Nullable UUID bot, String feed, String symbol,
            String kind, String side, Instant openedAt, Instant closedAt, @Nullable BigDecimal entry,
            @Nullable BigDecimal exit, BigDecimal amount, int level, BigDecimal fees, BigDecimal profit, String reason,
            boolean ambiguous) {

    }

}
