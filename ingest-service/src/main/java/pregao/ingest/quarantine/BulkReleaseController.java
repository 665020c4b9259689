package pregao.ingest.quarantine;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.ingest.access.CallerCheck;
import pregao.ingest.json.JsonWriter;
import pregao.ingest.request.Responses;

/**
 * HTTP endpoint that releases all quarantined items of an instrument and a time range.
 */
@RestController
class BulkReleaseController {

    private final CallerCheck callerCheck;

    private final BulkReleaseService bulkReleaseService;

    BulkReleaseController(CallerCheck callerCheck, BulkReleaseService bulkReleaseService) {
        this.callerCheck = callerCheck;
        this.bulkReleaseService = bulkReleaseService;
    }

    @PostMapping(path = "/api/quarantine/release", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "releaseRange",
            summary = "Releases the candles and ticks of an instrument and a time range from quarantine, oldest first",
            description = "A call releases at most 500 candles, within 2 seconds, and requests the release of at most"
                    + " 5,000 ticks. Repeat it while remaining is above not_yet. Candles that have not ended are"
                    + " counted as not_yet and stay. Without a timeframe it releases candles of all timeframes, and"
                    + " ticks. A login must name the feed; for an API key, feed is optional. Each candle and tick can be"
                    + " taken back by its number.",
            security = { @SecurityRequirement(name = "api-key"), @SecurityRequirement(name = "token") },
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(QuarantineExamples.BULK))),
            responses = @ApiResponse(responseCode = "200",
                    description = "How many items were released, and how many are left",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(QuarantineExamples.BULK_RELEASED))))
    Mono<ResponseEntity<byte[]>> release(@Parameter(hidden = true) ServerHttpRequest request,
            @org.springframework.web.bind.annotation.RequestBody Mono<BulkReleaseRequest> body) {
        return this.callerCheck.authenticate(request.getHeaders())
            .flatMap((caller) -> body
                .flatMap((range) -> this.bulkReleaseService.release(range.validate(caller), caller.user())))
            .map((result) -> Responses.ok(toJson(result), false));
    }

    private static byte[] toJson(BulkReleaseService.Result result) {
        return new JsonWriter(128).raw("{\"released\":")
            .number(result.released())
            .raw(",\"requested\":")
            .number(result.requested())
            .raw(",\"not_yet\":")
            .number(result.notYet())
            .raw(",\"remaining\":")
            .number(result.remaining())
            .raw("}")
            .toBytes();
    }

}
