package pregao.indicators.marketdata;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.indicators.limit.ReactivePermits;
import pregao.indicators.query.MarketDataQuery;
import pregao.indicators.query.UnknownInstrumentException;

/**
 * Serves {@code GET /api/market-data}.
 */
@RestController
class MarketDataController {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

    /** A candle of a page takes about 300 bytes, and twice that while it is computed. */
    private static final int BYTES_PER_CANDLE = 640;

    private static final int MAX_WAITING = 256;

    private static final int MAX_CONCURRENT_QUERIES = 6;

    /**
     * One permit for each candle; all pages together take at most a quarter of the heap.
     */
    private final ReactivePermits candlePermits = new ReactivePermits(
            Math.clamp(Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_CANDLE, MarketDataQuery.MAX_LIMIT, 1_000_000),
            MAX_WAITING, REQUEST_TIMEOUT);

    /** Leaves connections for other requests. */
    private final ReactivePermits queryPermits = new ReactivePermits(MAX_CONCURRENT_QUERIES, MAX_WAITING,
            REQUEST_TIMEOUT);

    private final StoredConventionCheck conventionCheck;

    private final StoredPageReader storedPages;

    private final ComputedPageReader computedPages;

    private final CandleQueryRepository candles;

    MarketDataController(StoredConventionCheck conventionCheck, StoredPageReader storedPages,
            ComputedPageReader computedPages, CandleQueryRepository candles) {
        this.conventionCheck = conventionCheck;
        this.storedPages = storedPages;
        this.computedPages = computedPages;
        this.candles = candles;
    }

    @GetMapping(path = "/api/market-data", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Lists candles with their indicators, oldest first",
            description = "Without from and cursor: the latest (before to). To get the next page, send next as cursor.")
    @ApiResponse(responseCode = "200", description = "A page of candles",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE))
    @Parameter(name = "symbol", in = ParameterIn.QUERY, required = true, example = "EURUSD")
    @Parameter(name = "timeframe", in = ParameterIn.QUERY, required = true, example = "M1",
            description = "M1, M5, M15, M30, H1, H4 or D1")
    @Parameter(name = "feed", in = ParameterIn.QUERY, description = "default: the feed of the caller's key")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = "first open time, inclusive")
    @Parameter(name = "to", in = ParameterIn.QUERY, description = "end, exclusive; after from")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 5000, default 500")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "next of the previous page")
    @Parameter(name = "convention", in = ParameterIn.QUERY,
            description = "plain, mt5 or classic; default: the installation's")
    Mono<Void> marketData(@Parameter(hidden = true) @RequestParam Map<String, String> parameters,
            @Parameter(hidden = true) @AuthenticationPrincipal Jwt caller, ServerHttpResponse response) {
        return Mono
            .fromCallable(() -> MarketDataQuery.of(parameters, caller.getClaimAsString("feed"),
                    this.conventionCheck.convention()))
            .flatMap((query) -> this.candlePermits.withPermits(query.limit(), respond(query, response)));
    }

    /**
     * A page stays in memory until the client has received it, and its permits are held
     * as long.
     */
    private Mono<Void> respond(MarketDataQuery query, ServerHttpResponse response) {
        return this.queryPermits
            .withPermits(1,
                    findPage(query).flatMap((page) -> page.isEmpty() ? requireKnown(page) : Mono.just(page))
                        .timeout(REQUEST_TIMEOUT))
            .flatMap((page) -> write(page, response).timeout(WRITE_TIMEOUT));
    }

    private static Mono<Void> write(MarketDataPage page, ServerHttpResponse response) {
        List<ByteBuffer> body = page.toBody();
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.stream().mapToLong(ByteBuffer::remaining).sum());
        return response.writeWith(Flux.fromIterable(body).map(response.bufferFactory()::wrap));
    }

    private Mono<MarketDataPage> findPage(MarketDataQuery query) {
        return this.candles.findRange(query)
            .flatMap((range) -> this.conventionCheck.isStored(query.convention())
                .filter((isStored) -> isStored)
                .flatMap((isStored) -> this.storedPages.findPage(query, range.orElse(null)))
                .switchIfEmpty(Mono.defer(() -> this.computedPages.findPage(query, range.orElse(null)))));
    }

    private Mono<MarketDataPage> requireKnown(MarketDataPage page) {
        Instrument instrument = page.query().instrument();
        return this.candles.exists(instrument)
            .filter((isKnown) -> isKnown)
            .map((isKnown) -> page)
            .switchIfEmpty(Mono.error(() -> UnknownInstrumentException.of(instrument.feed(), instrument.symbol())));
    }

}
