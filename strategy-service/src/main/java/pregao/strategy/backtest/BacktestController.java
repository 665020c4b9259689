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
 * REST controller of {@code /api/backtests}: backtests, their reports and their trades.
 */
@RestController
@RequestMapping("/api/backtests")
@SecurityRequirement(name = "token")
class BacktestController {

    private static final int MAX_LIMIT = 200;

    private static final int DEFAULT_LIMIT = 50;

    private final BacktestService backtests;

    private final BacktestReportRepository reports;

    private final BlockingExecutor blockingExecutor;

    BacktestController(BacktestService backtests, BacktestReportRepository reports, BlockingExecutor blockingExecutor) {
        this.backtests = backtests;
        this.reports = reports;
        this.blockingExecutor = blockingExecutor;
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
    Mono<ResponseEntity<BacktestResponse>> createBacktest(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestHeader(name = NameBasedUuid.IDEMPOTENCY_KEY_HEADER, required = false) @Nullable String key,
            @RequestBody @Schema(type = "object") byte[] body) {
        return this.blockingExecutor.call(() -> this.backtests.createJob(user, key, JsonBody.parse(body)))
            .map((job) -> ResponseEntity.accepted()
                .location(URI.create("/api/backtests/" + job.id()))
                .body(BacktestResponse.of(job, null)));
    }

    @GetMapping
    @Operation(operationId = "listBacktests", summary = "Lists your backtests, newest first, without their reports")
    Mono<BacktestResponse.BacktestsResponse> listBacktests(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestParam Map<String, String> given) {
        QueryParameters parameters = new QueryParameters(given);
        Integer limit = parameters.optional("limit", "1 to " + MAX_LIMIT,
                (text) -> TradePage.parseNumber(text, 1, MAX_LIMIT));
        if (parameters.hasErrors()) {
            throw parameters.toException();
        }
        int maxItems = Objects.requireNonNullElse(limit, DEFAULT_LIMIT);
        return this.blockingExecutor
            .call(() -> new BacktestResponse.BacktestsResponse(this.backtests.findRecent(user, maxItems)
                .stream()
                .map((job) -> BacktestResponse.of(job, null))
                .toList()));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getBacktest", summary = "Returns a backtest, with its report if it is done")
    Mono<BacktestResponse> getBacktest(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            ServerWebExchange exchange) {
        return this.blockingExecutor.call(() -> {
            Job job = this.backtests.find(user, id);
            return BacktestResponse.of(job, this.reports.find(id, user.id()).orElse(null));
        }).flatMap((response) -> isNotModified(exchange, response.sha256()) ? Mono.empty() : Mono.just(response));
    }

    @GetMapping(path = "/{id}/report", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getBacktestReport",
            summary = "Returns the report byte for byte; its ETag is the SHA-256 of the body")
    Mono<byte[]> getReport(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            ServerWebExchange exchange) {
        return this.blockingExecutor
            .call(() -> this.reports.find(id, user.id()).orElseThrow(() -> ProblemDefinition.notFound().asException()))
            .flatMap((storedReport) -> isNotModified(exchange, storedReport.sha256()) ? Mono.empty()
                    : Mono.just(storedReport.text().getBytes(StandardCharsets.UTF_8)));
    }

    @GetMapping("/{id}/trades")
    @Operation(operationId = "listBacktestTrades", summary = "Lists the trades of a backtest in order of time, by page")
    Mono<TradePage> listTrades(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @RequestParam Map<String, String> given) {
        TradePage.TradePageQuery query = TradePage.TradePageQuery.of(given);
        return this.blockingExecutor.call(() -> {
            this.backtests.find(user, id);
            List<String> trades = this.reports.findTrades(id, user.id(), query.after(), query.limit() + 1);
            return TradePage.of(trades, query);
        });
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteBacktest", summary = "Cancels a backtest, or deletes one that has ended")
    Mono<Void> deleteBacktest(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.blockingExecutor.run(() -> this.backtests.cancel(user, id));
    }

    private static boolean isNotModified(ServerWebExchange exchange, @Nullable String sha256) {
        return sha256 != null && exchange.checkNotModified("\"" + sha256 + "\"");
    }

}
