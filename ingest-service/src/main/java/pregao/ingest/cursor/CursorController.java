package pregao.ingest.cursor;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import pregao.contracts.Instrument;
import pregao.contracts.key.Scope;
import pregao.ingest.ea.TimeframeText;
import pregao.ingest.feed.FeedTable;
import pregao.ingest.key.KeyCheck;
import pregao.ingest.post.PostHeaders;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Tells a sender where to go on after a pause.
 */
@RestController
class CursorController {

    private final KeyCheck keys;

    private final FeedTable feeds;

    private final CursorQueries queries;

    CursorController(KeyCheck keys, FeedTable feeds, CursorQueries queries) {
        this.keys = keys;
        this.feeds = feeds;
        this.queries = queries;
    }

    @GetMapping(path = "/ingest/cursor", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "cursor", summary = "Where to go on sending candles or ticks",
            security = @SecurityRequirement(name = "api-key"))
    Mono<Cursor> cursor(@Parameter(hidden = true) ServerHttpRequest request,
            @Parameter(required = true) @RequestParam(defaultValue = "") String symbol,
            @Parameter(required = true) @RequestParam(defaultValue = "") String timeframe) {
        String feed = this.keys.require(request.getHeaders(), Scope.INGEST).feed();
        String canonical = Instrument.symbolOfQuery(symbol)
            .orElseThrow(() -> bad("symbol", "a symbol: " + Instrument.SYMBOL_RULE));
        Instrument instrument = new Instrument(feed, canonical);
        PostZone zone = new PostZone(this.feeds.named(feed).clock(), PostHeaders.offset(request.getHeaders()));
        if (timeframe.equals("tick")) {
            return this.queries.ofTicks(instrument, zone);
        }
        return this.queries.ofCandles(instrument, this.feeds.named(feed).grid(), TimeframeText.timeframe(timeframe)
            .orElseThrow(() -> bad("timeframe", "tick, M1, M5, M15, M30, H1, H4 or D1")), zone);
    }

    private static Problem bad(String parameter, String expected) {
        return Problem.of(ProblemType.BAD_REQUEST, "%s is not %s".formatted(parameter, expected))
            .error(new Problem.FieldError(-1, parameter, expected, "not understood"));
    }

}
