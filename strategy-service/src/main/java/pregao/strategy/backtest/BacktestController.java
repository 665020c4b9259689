package pregao.strategy.backtest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.job.Job;
import pregao.strategy.json.JsonBody;
import pregao.strategy.security.AuthenticatedUser;
import pregao.strategy.signal.NameBasedUuid;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.QueryParameters;

/**
 * {@code /api/backtests}: strategies tried on candles that are past.
 */
@RestController
@RequestMapping("/api/backtests")
@SecurityRequirement(name = "token")
class BacktestController {

    private static final int MAX_COUNT = 200;

    private static final int USUAL = 50;

    private final BacktestService backtests;

    private final BacktestReportRepository reports;

    private final BlockingExecutor blocking;

    BacktestController(BacktestService backtests, BacktestReportRepository reports, BlockingExecutor blocking) {
        this.backtests = backtests;
        this.reports = reports;
        this.blocking = blocking;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createBacktest", summary = "Creates a backtest, which runs as a job",
            description = """
                    `kind` is `single`, `sweep`, `walk_forward` or `options`; with `symbol`, `feed` (the key's where it is \
                    not said), `from`, `to`, `capital`; a `strategy` (JSON, a preset's name or the id of one of yours), \
                    `money` of each position, `fee`, `spread`, `slippage`, `price_cap`, `convention`, `days_a_year`, `protections`; \
                    `sweep` with `parameters` (`path`, and `values` or `from`, `to`, `step`), `points` by chance with \
                    `seed`, `by`, `least_trades`, `top`; `walk_forward` with `learn` and `try`; `options` with `pattern`, \
                    `stake`, `levels`, `payout`, `decimals`, `equals`. With the same `Idempotency-Key` the same request \
                    makes one job.""")
    Mono<ResponseEntity<BacktestResponse>> add(@AuthenticationPrincipal AuthenticatedUser person,
            @RequestHeader(name = NameBasedUuid.KEY, required = false) @Nullable String key,
            @RequestBody @Schema(type = "object") byte[] body) {
        return this.blocking.call(() -> this.backtests.add(person, key, JsonBody.read(body)))
            .map((job) -> ResponseEntity.accepted()
                .location(URI.create("/api/backtests/" + job.id()))
                .body(BacktestResponse.of(job, null)));
    }

    @GetMapping
    @Operation(operationId = "listBacktests", summary = "Lists your backtests, newest first, without their reports")
    Mono<BacktestResponse.BacktestsResponse> backtests(@AuthenticationPrincipal AuthenticatedUser person,
            @RequestParam Map<String, String> given) {
        QueryParameters parameters = new QueryParameters(given);
        Integer limit = parameters.optional("limit", "1 to " + MAX_COUNT,
                (text) -> TradePage.number(text, 1, MAX_COUNT));
        if (parameters.anyWrong()) {
            throw parameters.failure();
        }
        int most = Objects.requireNonNullElse(limit, USUAL);
        return this.blocking.call(() -> new BacktestResponse.BacktestsResponse(
                this.backtests.of(person, most).stream().map((job) -> BacktestResponse.of(job, null)).toList()));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getBacktest", summary = "Returns a backtest, with its report if it is done")
    Mono<BacktestResponse> backtest(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            ServerWebExchange exchange) {
        return this.blocking.call(() -> {
            Job job = this.backtests.find(person, id);
            return BacktestResponse.of(job, this.reports.find(id, person.id()).orElse(null));
        }).flatMap((item) -> unchanged(exchange, item.sha256()) ? Mono.empty() : Mono.just(item));
    }

    @GetMapping(path = "/{id}/report", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getBacktestReport",
            summary = "Returns the report byte for byte; its ETag is the SHA-256 of the body")
    Mono<byte[]> report(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            ServerWebExchange exchange) {
        return this.blocking.call(
                () -> this.reports.find(id, person.id()).orElseThrow(() -> ProblemDefinition.notFound().asException()))
            .flatMap((kept) -> unchanged(exchange, kept.sha256()) ? Mono.empty()
                    : Mono.just(kept.text().getBytes(StandardCharsets.UTF_8)));
    }

    @GetMapping("/{id}/trades")
    @Operation(operationId = "listBacktestTrades", summary = "Lists the trades of a backtest in order of time, by page")
    Mono<TradePage> trades(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @RequestParam Map<String, String> given) {
        TradePage.TradePageQuery wanted = TradePage.TradePageQuery.of(given);
        return this.blocking.call(() -> {
            this.backtests.find(person, id);
            List<String> trades = this.reports.trades(id, person.id(), wanted.after(), wanted.limit() + 1);
            return TradePage.of(trades, wanted);
        });
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteBacktest", summary = "Cancels a backtest, or deletes one that has ended")
    Mono<Void> delete(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return this.blocking.run(() -> this.backtests.cancel(person, id));
    }

    private static boolean unchanged(ServerWebExchange exchange, @Nullable String sha256) {
        return sha256 != null && exchange.checkNotModified("\"" + sha256 + "\"");
    }

}
