package pregao.ingest.quarantine;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.contracts.tick.TickChange;
import pregao.ingest.access.Caller;
import pregao.ingest.access.CallerCheck;
import pregao.ingest.candle.CandleIngestService;
import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;
import pregao.ingest.request.Responses;

/**
 * HTTP endpoints that list the quarantined candles and ticks of the caller's feeds,
 * release them, and undo releases.
 */
@RestController
class QuarantineController {

    private static final String FEED_DESCRIPTION = "of a login: a feed of its own;"
            + " of an API key: its feed, which is the default";

    private final CallerCheck callerCheck;

    private final QuarantineReader quarantineReader;

    private final CandleIngestService candleIngestService;

    private final TickQuarantineRepository tickQuarantineRepository;

    private final TickReleaseService tickReleaseService;

    QuarantineController(CallerCheck callerCheck, QuarantineReader quarantineReader,
            CandleIngestService candleIngestService, TickQuarantineRepository tickQuarantineRepository,
            TickReleaseService tickReleaseService) {
        this.callerCheck = callerCheck;
        this.quarantineReader = quarantineReader;
        this.candleIngestService = candleIngestService;
        this.tickQuarantineRepository = tickQuarantineRepository;
        this.tickReleaseService = tickReleaseService;
    }

    @GetMapping(path = "/api/quarantine", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listQuarantine",
            summary = "Lists the quarantine: prices more than 10 times off the median of their neighbors, newest first",
            security = { @SecurityRequirement(name = "api-key"), @SecurityRequirement(name = "token") },
            parameters = { @Parameter(in = ParameterIn.QUERY, name = "symbol"),
                    @Parameter(in = ParameterIn.QUERY, name = "timeframe",
                            description = "of candles, or tick for ticks; without it all candles"),
                    @Parameter(in = ParameterIn.QUERY, name = "feed", description = FEED_DESCRIPTION),
                    @Parameter(in = ParameterIn.QUERY, name = "state", description = "held (default) or released"),
                    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1,000, default 100"),
                    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "next of the previous page") },
            responses = @ApiResponse(responseCode = "200", description = "One page",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(QuarantineExamples.PAGE))))
    Mono<ResponseEntity<byte[]>> list(@Parameter(hidden = true) ServerHttpRequest request) {
        return this.callerCheck.authenticate(request.getHeaders())
            .flatMap((caller) -> findPage(QuarantineParameters.read(request.getQueryParams(), caller)));
    }

    private Mono<ResponseEntity<byte[]>> findPage(QuarantineQuery query) {
        if (BulkReleaseRequest.TICK.equals(query.timeframe())) {
            return this.tickQuarantineRepository.findPage(query)
                .map((page) -> Responses.ok(QuarantinedTickJson.pageToJson(query, page), false));
        }
        return this.quarantineReader.findPage(query)
            .map((page) -> Responses.ok(QuarantinedCandleJson.pageToJson(query, page), false));
    }

    @PostMapping(path = "/api/quarantine/{id}/release", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "releaseQuarantined",
            summary = "Releases a candle from quarantine, final and above all other versions, or a tick into its candle;"
                    + " a second time changes nothing",
            security = { @SecurityRequirement(name = "api-key"), @SecurityRequirement(name = "token") },
            responses = {
                    @ApiResponse(responseCode = "200", description = "The stored candle",
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                                    examples = @ExampleObject(QuarantineExamples.RELEASED))),
                    @ApiResponse(responseCode = "202",
                            description = "The tick; its candle changes as soon as the aggregator has read the request",
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                                    examples = @ExampleObject(QuarantineExamples.TICK))) })
    Mono<ResponseEntity<byte[]>> release(@Parameter(hidden = true) ServerHttpRequest request, @PathVariable String id) {
        return this.callerCheck.authenticate(request.getHeaders())
            .flatMap((caller) -> changeRelease(caller, id, TickChange.Kind.RELEASE));
    }

    @DeleteMapping(path = "/api/quarantine/{id}/release", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "undoRelease",
            summary = "Undoes a release: the next best version is restored, or none; repeating it changes nothing",
            security = { @SecurityRequirement(name = "api-key"), @SecurityRequirement(name = "token") },
            responses = {
                    @ApiResponse(responseCode = "200", description = "The candle, in quarantine again",
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                                    examples = @ExampleObject(QuarantineExamples.HELD))),
                    @ApiResponse(responseCode = "409",
                            description = "A level that lasts released the candle, so it stands as any other of the"
                                    + " sender. To replace it, send it again and accept the conflict"),
                    @ApiResponse(responseCode = "202",
                            description = "The tick; its candle changes as soon as the aggregator has read the request",
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                                    examples = @ExampleObject(QuarantineExamples.TICK))) })
    Mono<ResponseEntity<byte[]>> undo(@Parameter(hidden = true) ServerHttpRequest request, @PathVariable String id) {
        return this.callerCheck.authenticate(request.getHeaders())
            .flatMap((caller) -> changeRelease(caller, id, TickChange.Kind.UNDO));
    }

    private Mono<ResponseEntity<byte[]>> changeRelease(Caller caller, String id, TickChange.Kind kind) {
        long itemId = QuarantineParameters.parseId(id).orElseThrow(QuarantineController::notFound);
        boolean isTick = TickReleaseService.isTick(itemId);
        return caller
            .resolveItemFeed(
                    isTick ? this.tickQuarantineRepository.findFeed(itemId) : this.quarantineReader.findFeed(itemId))
            .flatMap((feed) -> isTick ? changeTick(feed, itemId, new TickChange(kind, caller.user()))
                    : changeCandle(feed, itemId, kind, caller.user()))
            .switchIfEmpty(Mono.error(QuarantineController::notFound));
    }

    private Mono<ResponseEntity<byte[]>> changeCandle(String feed, long id, TickChange.Kind kind, String user) {
        return ((kind == TickChange.Kind.RELEASE) ? this.candleIngestService.release(feed, id, user)
                : this.candleIngestService.undoRelease(feed, id))
            .map((candle) -> Responses.ok(QuarantinedCandleJson.toJson(candle), false));
    }

    private Mono<ResponseEntity<byte[]>> changeTick(String feed, long id, TickChange change) {
        return this.tickReleaseService.requestChange(feed, id, change)
            .map((result) -> ResponseEntity.status(result.done() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(QuarantinedTickJson.toJson(result.tick(), result.done() ? null : change.kind())));
    }

    private static IngestException notFound() {
        return IngestException.of(ProblemType.NOT_FOUND, "no candle or tick of this number is in quarantine");
    }

}
