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
 * HTTP endpoint that tells a sender where to resume after a pause.
 */
@RestController
class CursorController {

    private final ApiKeyAuthenticator authenticator;

    private final FeedRegistry feedRegistry;

    private final ResumePositionRepository resumePositionRepository;

    CursorController(ApiKeyAuthenticator authenticator, FeedRegistry feedRegistry,
            ResumePositionRepository resumePositionRepository) {
        this.authenticator = authenticator;
        this.feedRegistry = feedRegistry;
        this.resumePositionRepository = resumePositionRepository;
    }

    @GetMapping(path = "/ingest/cursor", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getCursor",
            summary = "Returns the position from which to continue sending candles or ticks",
            security = @SecurityRequirement(name = "api-key"))
    Mono<ResumePosition> getCursor(@Parameter(hidden = true) ServerHttpRequest request,
            @Parameter(required = true) @RequestParam(defaultValue = "") String symbol,
            @Parameter(required = true) @RequestParam(defaultValue = "") String timeframe) {
        String feed = this.authenticator.requireApiKey(request.getHeaders(), Scope.INGEST).feed();
        String canonicalSymbol = Instrument.symbolOfQuery(symbol)
            .orElseThrow(() -> badRequest("symbol", "a symbol: " + Instrument.SYMBOL_RULE));
        Instrument instrument = new Instrument(feed, canonicalSymbol);
        ResumeTimeZone timeZone = new ResumeTimeZone(this.feedRegistry.getFeed(feed).clock(),
                IngestHeaders.utcOffset(request.getHeaders()));
        if (timeframe.equals("tick")) {
            return this.resumePositionRepository.findTickPosition(instrument, timeZone);
        }
        return this.resumePositionRepository.findCandlePosition(instrument, this.feedRegistry.getFeed(feed).grid(),
                TimeframeParser.parse(timeframe)
                    .orElseThrow(() -> badRequest("timeframe", "tick, M1, M5, M15, M30, H1, H4 or D1")),
                timeZone);
    }

    private static IngestException badRequest(String parameter, String expected) {
        return IngestException.of(ProblemType.BAD_REQUEST, "%s is not %s".formatted(parameter, expected))
            .error(new IngestException.FieldError(-1, parameter, expected, "not understood"));
    }

}
