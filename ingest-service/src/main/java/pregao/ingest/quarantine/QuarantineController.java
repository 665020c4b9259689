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

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import pregao.contracts.key.Scope;
import pregao.ingest.candle.CandleOutput;
import pregao.ingest.candle.HeldQuery;
import pregao.ingest.key.KeyCheck;
import pregao.ingest.post.Answers;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Lists the candles of the caller's feed that were not believed, and releases them.
 */
@RestController
class QuarantineController {

    private final KeyCheck keys;

    private final HeldCandles held;

    private final CandleOutput output;

    QuarantineController(KeyCheck keys, HeldCandles held, CandleOutput output) {
        this.keys = keys;
        this.held = held;
        this.output = output;
    }

    @GetMapping(path = "/api/quarantine", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "quarantine",
            summary = "Candles more than 10 times off the median of their neighbours, the newest first",
            security = @SecurityRequirement(name = "api-key"),
            parameters = { @Parameter(in = ParameterIn.QUERY, name = "symbol"),
                    @Parameter(in = ParameterIn.QUERY, name = "timeframe"),
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
        return this.held.page(query).map((page) -> Answers.ok(HeldJson.page(query, page), false));
    }

    @PostMapping(path = "/api/quarantine/{id}/release", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "release",
            summary = "Store a candle as it was sent, final and above all others; a second time changes nothing",
            security = @SecurityRequirement(name = "api-key"),
            responses = @ApiResponse(responseCode = "200", description = "The candle as it is stored",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(QuarantineExamples.RELEASED))))
    Mono<ResponseEntity<byte[]>> release(@Parameter(hidden = true) ServerHttpRequest request, @PathVariable String id) {
        String feed = this.keys.require(request.getHeaders(), Scope.INGEST).feed();
        long number = QuarantineParameters.number(id).orElseThrow(QuarantineController::nothing);
        return this.output.release(feed, number)
            .switchIfEmpty(Mono.error(QuarantineController::nothing))
            .map((released) -> Answers.ok(HeldJson.of(released), false));
    }

    private static Problem nothing() {
        return Problem.of(ProblemType.NOT_FOUND, "no candle of this number is in quarantine");
    }

}
