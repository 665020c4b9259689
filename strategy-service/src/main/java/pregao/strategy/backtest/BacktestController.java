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

import pregao.http.problem.Parameters;
import pregao.http.problem.Trouble;
import pregao.strategy.access.Person;
import pregao.strategy.database.Blocking;
import pregao.strategy.document.Body;
import pregao.strategy.job.Job;
import pregao.strategy.signal.NameId;

/**
 * {@code /api/backtests}: strategies tried on candles that are past.
 */
@RestController
@RequestMapping("/api/backtests")
@SecurityRequirement(name = "token")
class BacktestController {

    private static final int MOST = 200;

    private static final int USUAL = 50;

    private final Backtests backtests;

    private final Reports reports;

    private final Blocking blocking;

    BacktestController(Backtests backtests, Reports reports, Blocking blocking) {
        this.backtests = backtests;
        this.reports = reports;
        this.blocking = blocking;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "addBacktest", summary = "Asks for a backtest, which is then done as a job",
            description = """
                    `kind` is `single`, `sweep`, `walk_forward` or `options`; with `symbol`, `feed` (the key's where it is \
                    not said), `from`, `to`, `capital`; a `strategy` (JSON, a preset's name or the id of one of yours), \
                    `money` of each position, `fee`, `spread`, `slippage`, `price_cap`, `convention`, `days_a_year`, `protections`; \
                    `sweep` with `parameters` (`path`, and `values` or `from`, `to`, `step`), `points` by chance with \
                    `seed`, `by`, `least_trades`, `top`; `walk_forward` with `learn` and `try`; `options` with `pattern`, \
                    `stake`, `levels`, `payout`, `decimals`, `equals`. With the same `Idempotency-Key` the same request \
                    makes one job.""")
    Mono<ResponseEntity<BacktestItem>> add(@AuthenticationPrincipal Person person,
            @RequestHeader(name = NameId.KEY, required = false) @Nullable String key,
            @RequestBody @Schema(type = "object") byte[] body) {
        return this.blocking.call(() -> this.backtests.add(person, key, Body.read(body)))
            .map((job) -> ResponseEntity.accepted()
                .location(URI.create("/api/backtests/" + job.id()))
                .body(BacktestItem.of(job, null)));
    }

    @GetMapping
    @Operation(operationId = "backtests", summary = "Your backtests, the newest first, without their reports")
    Mono<BacktestItem.Items> backtests(@AuthenticationPrincipal Person person,
            @RequestParam Map<String, String> given) {
        Parameters parameters = new Parameters(given);
        Integer limit = parameters.optional("limit", "1 to " + MOST, (text) -> TradePage.number(text, 1, MOST));
        if (parameters.anyWrong()) {
            throw parameters.failure();
        }
        int most = Objects.requireNonNullElse(limit, USUAL);
        return this.blocking.call(() -> new BacktestItem.Items(
                this.backtests.of(person, most).stream().map((job) -> BacktestItem.of(job, null)).toList()));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "backtest", summary = "How a backtest stands, with its report where it is done")
    Mono<BacktestItem> backtest(@AuthenticationPrincipal Person person, @PathVariable UUID id,
            ServerWebExchange exchange) {
        return this.blocking.call(() -> {
            Job job = this.backtests.find(person, id);
            return BacktestItem.of(job, this.reports.find(id, person.id()).orElse(null));
        }).flatMap((item) -> unchanged(exchange, item.sha256()) ? Mono.empty() : Mono.just(item));
    }

    @GetMapping(path = "/{id}/report", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "backtestReport",
            summary = "The report alone, to the byte: its ETag is the SHA-256 of what is answered")
    Mono<byte[]> report(@AuthenticationPrincipal Person person, @PathVariable UUID id, ServerWebExchange exchange) {
        return this.blocking
            .call(() -> this.reports.find(id, person.id()).orElseThrow(() -> Trouble.notFound().asException()))
            .flatMap((kept) -> unchanged(exchange, kept.sha256()) ? Mono.empty()
                    : Mono.just(kept.text().getBytes(StandardCharsets.UTF_8)));
    }

    @GetMapping("/{id}/trades")
    @Operation(operationId = "backtestTrades", summary = "The trades of a backtest in order of time, page by page")
    Mono<TradePage> trades(@AuthenticationPrincipal Person person, @PathVariable UUID id,
            @RequestParam Map<String, String> given) {
        TradePage.Wanted wanted = TradePage.Wanted.of(given);
        return this.blocking.call(() -> {
            this.backtests.find(person, id);
            List<String> trades = this.reports.trades(id, person.id(), wanted.after(), wanted.limit() + 1);
            return TradePage.of(trades, wanted);
        });
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteBacktest", summary = "Calls a backtest off, or forgets one that has ended")
    Mono<Void> delete(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        return this.blocking.run(() -> this.backtests.cancel(person, id));
    }

    private static boolean unchanged(ServerWebExchange exchange, @Nullable String sha256) {
        return sha256 != null && exchange.checkNotModified("\"" + sha256 + "\"");
    }

}
