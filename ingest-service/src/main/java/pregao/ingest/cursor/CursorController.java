package pregao.ingest.cursor;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.key.Scope;
import pregao.ingest.feed.FeedRegistry;
import pregao.ingest.key.ApiKeyAuthenticator;
import pregao.ingest.parser.TimeframeParser;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;
import pregao.ingest.request.IngestHeaders;

/**
 * Tells a sender where to go on after a pause.
 */
@RestController
class CursorController {

    private final ApiKeyAuthenticator keys;

    private final FeedRegistry feeds;

    private final ResumePositionRepository queries;

    CursorController(ApiKeyAuthenticator keys, FeedRegistry feeds, ResumePositionRepository queries) {
        this.keys = keys;
        this.feeds = feeds;
        this.queries = queries;
    }

    @GetMapping(path = "/ingest/cursor", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getCursor",
            summary = "Returns the position from which to continue sending candles or ticks",
            security = @SecurityRequirement(name = "api-key"))
    Mono<ResumePosition> cursor(@Parameter(hidden = true) ServerHttpRequest request,
            @Parameter(required = true) @RequestParam(defaultValue = "") String symbol,
            @Parameter(required = true) @RequestParam(defaultValue = "") String timeframe) {
        String feed = this.keys.requireApiKey(request.getHeaders(), Scope.INGEST).feed();
        String canonical = Instrument.symbolOfQuery(symbol)
            .orElseThrow(() -> bad("symbol", "a symbol: " + Instrument.SYMBOL_RULE));
        Instrument instrument = new Instrument(feed, canonical);
        ResumeTimeZone zone = new ResumeTimeZone(this.feeds.getFeed(feed).clock(),
                IngestHeaders.utcOffset(request.getHeaders()));
        if (timeframe.equals("tick")) {
            return this.queries.ofTicks(instrument, zone);
        }
        return this.queries.ofCandles(instrument, this.feeds.getFeed(feed).grid(), TimeframeParser.timeframe(timeframe)
            .orElseThrow(() -> bad("timeframe", "tick, M1, M5, M15, M30, H1, H4 or D1")), zone);
    }

    private static IngestException bad(String parameter, String expected) {
        return IngestException.of(ProblemType.BAD_REQUEST, "%s is not %s".formatted(parameter, expected))
            .error(new IngestException.FieldError(-1, parameter, expected, "not understood"));
    }

}
