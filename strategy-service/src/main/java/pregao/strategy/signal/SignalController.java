package pregao.strategy.signal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.page.PageRequest;
import pregao.strategy.page.Paginator;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.QueryParameters;

/**
 * {@code /api/signals}: lists the decisions of the bots of the user, on request also
 * those to hold.
 */
@RestController
@SecurityRequirement(name = "token")
class SignalController {

    private static final String SELECT_ALL = """
            select * from (
              select d.id, b.person, d.bot, d.feed, d.symbol, d.at, d.side, d.reason, d.inputs
              from strategy.decision d join strategy.bot b on b.id = d.bot) s""";

    private static final String SELECT_SIGNALS = """
            select * from (
              select d.id, b.person, d.bot, d.feed, d.symbol, d.at, d.side, d.reason, d.inputs
              from strategy.decision d join strategy.bot b on b.id = d.bot where d.side <> 'hold') s""";

    private final Paginator paginator;

    private final BlockingExecutor blocking;

    SignalController(Paginator paginator, BlockingExecutor blocking) {
        this.paginator = paginator;
        this.blocking = blocking;
    }

    @GetMapping("/api/signals")
    @Operation(operationId = "listSignals", summary = "Lists the decisions of your bots, newest first",
            parameters = { @Parameter(name = "limit"), @Parameter(name = "cursor"), @Parameter(name = "bot"),
                    @Parameter(name = "symbol"),
                    @Parameter(name = "hold", description = "true to include decisions to hold") })
    Mono<Paginator.Page<SignalResponse>> listSignals(@AuthenticationPrincipal AuthenticatedUser user,
            @Parameter(hidden = true) @RequestParam Map<String, String> parameters) {
        PageRequest request = PageRequest.parse(parameters);
        boolean includesHold = parseHold(parameters);
        return this.blocking
            .call(() -> this.paginator.findPage(includesHold ? SELECT_ALL : SELECT_SIGNALS, "at", user.id(), request,
                    SignalController::mapRow, (signal) -> new PageRequest.Cursor(signal.at(), signal.id())));
    }

    private static boolean parseHold(Map<String, String> query) {
        QueryParameters parameters = new QueryParameters(query);
        Boolean hold = parameters.optional("hold", "true or false", (text) -> text.equals("true") ? Optional.of(true)
                : text.equals("false") ? Optional.of(false) : Optional.empty());
        if (parameters.hasErrors()) {
            throw parameters.toException();
        }
        return Boolean.TRUE.equals(hold);
    }

    private static SignalResponse mapRow(ResultSet row, int number) throws SQLException {
        return new SignalResponse(row.getObject(1, UUID.class), row.getObject(3, UUID.class), row.getString(4),
                row.getString(5), row.getTimestamp(6).toInstant(), row.getString(7), row.getString(8),
                row.getString(9));
    }

    /**
     * A decision in the API.
     *
     * @param id the id of the decision
     * @param bot the id of the bot
     * @param feed the feed
     * @param symbol the symbol
     * @param at the close time of the candle
     * @param side {@code buy}, {@code sell}, {@code call}, {@code put} or {@code hold}
     * @param reason the explanation
     * @param inputs the values that the strategy used, as JSON
     */
    record SignalResponse(UUID id, UUID bot, String feed, String symbol, Instant at, String side, String reason,
            @JsonRawValue String inputs) {

    }

}
