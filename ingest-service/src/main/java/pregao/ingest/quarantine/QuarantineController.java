package pregao.ingest.quarantine;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.contracts.tick.TickChange;
import pregao.ingest.candle.CandleOutput;
import pregao.ingest.candle.HeldQuery;
import pregao.ingest.key.KeyCheck;
import pregao.ingest.post.Answers;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Lists the candles and ticks of the caller's feed that are in quarantine, and releases
 * them.
 */
@RestController
class QuarantineController {

    private final KeyCheck keys;

    private final HeldCandles held;

    private final CandleOutput output;

    private final TickQuarantineRepository ticks;

    private final TickReleaseService tickReleases;

    QuarantineController(KeyCheck keys, HeldCandles held, CandleOutput output, TickQuarantineRepository ticks,
            TickReleaseService tickReleases) {
        this.keys = keys;
        this.held = held;
        this.output = output;
        this.ticks = ticks;
        this.tickReleases = tickReleases;
    }

    @GetMapping(path = "/api/quarantine", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "quarantine",
            summary = "Candles or ticks more than 10 times off the median of their neighbours, the newest first",
            security = @SecurityRequirement(name = "api-key"),
            parameters = { @Parameter(in = ParameterIn.QUERY, name = "symbol"),
                    @Parameter(in = ParameterIn.QUERY, name = "timeframe",
                            description = "of candles, or tick for ticks; without it all candles"),
                    @Parameter(in = ParameterIn.QUERY, name = "feed", description = "the key's feed, and no other"),
                    @Parameter(in = ParameterIn.QUERY, name = "state", description = "held (default) or released"),
                    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1,000, default 100"),
                    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "next of the page before") },
            responses = @ApiResponse(responseCode = "200", description = "One page",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(QuarantineExamples.PAGE))))
    Mono<ResponseEntity<byte[]>> list(@Parameter(hidden = true) ServerHttpRequest request) {
        String feed = this.keys.require(request.getHeaders(), Scope.INGEST).feed();
        HeldQuery query = QuarantineParameters.read(request.getQueryParams(), feed);
        if (BulkReleaseRequest.TICK.equals(query.timeframe())) {
            return this.ticks.page(query).map((page) -> Answers.ok(QuarantinedTickJson.page(query, page), false));
        }
        return this.held.page(query).map((page) -> Answers.ok(HeldJson.page(query, page), false));
    }

    @PostMapping(path = "/api/quarantine/{id}/release", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "release",
            summary = "Store a candle as it was sent, final and above all others, or let a tick count in its candle;"
                    + " a second time changes nothing",
            security = @SecurityRequirement(name = "api-key"),
            responses = {
                    @ApiResponse(responseCode = "200", description = "The candle as it is stored",
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                                    examples = @ExampleObject(QuarantineExamples.RELEASED))),
                    @ApiResponse(responseCode = "202",
                            description = "The tick; its candle changes as soon as the aggregator has read the request",
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                                    examples = @ExampleObject(QuarantineExamples.TICK))) })
    Mono<ResponseEntity<byte[]>> release(@Parameter(hidden = true) ServerHttpRequest request, @PathVariable String id) {
        ApiKey key = this.keys.require(request.getHeaders(), Scope.INGEST);
        long number = QuarantineParameters.number(id).orElseThrow(QuarantineController::nothing);
        if (TickReleaseService.isTick(number)) {
            return change(key, number, TickChange.Kind.RELEASE);
        }
        return this.output.release(key.feed(), number, key.owner())
            .switchIfEmpty(Mono.error(QuarantineController::nothing))
            .map((released) -> Answers.ok(HeldJson.of(released), false));
    }

    @DeleteMapping(path = "/api/quarantine/{id}/release", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "undoRelease",
            summary = "Take a release back: the next best version stands again, or none; a second time changes nothing",
            security = @SecurityRequirement(name = "api-key"),
            responses = {
                    @ApiResponse(responseCode = "200", description = "The candle as it is held again",
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                                    examples = @ExampleObject(QuarantineExamples.HELD))),
                    @ApiResponse(responseCode = "202",
                            description = "The tick; its candle changes as soon as the aggregator has read the request",
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                                    examples = @ExampleObject(QuarantineExamples.TICK))) })
    Mono<ResponseEntity<byte[]>> undo(@Parameter(hidden = true) ServerHttpRequest request, @PathVariable String id) {
        ApiKey key = this.keys.require(request.getHeaders(), Scope.INGEST);
        long number = QuarantineParameters.number(id).orElseThrow(QuarantineController::nothing);
        if (TickReleaseService.isTick(number)) {
            return change(key, number, TickChange.Kind.UNDO);
        }
        return this.output.undoRelease(key.feed(), number)
            .switchIfEmpty(Mono.error(QuarantineController::nothing))
            .map((held) -> Answers.ok(HeldJson.of(held), false));
    }

    private Mono<ResponseEntity<byte[]>> change(ApiKey key, long id, TickChange.Kind kind) {
        return this.tickReleases.request(key.feed(), id, new TickChange(kind, key.owner()))
            .switchIfEmpty(Mono.error(QuarantineController::nothing))
            .map((result) -> ResponseEntity.status(result.done() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(QuarantinedTickJson.of(result.tick(), result.done() ? null : kind)));
    }

    private static Problem nothing() {
        return Problem.of(ProblemType.NOT_FOUND, "no candle or tick of this number is in quarantine");
    }

}
