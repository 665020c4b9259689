package pregao.ingest.conflict;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.ingest.access.Caller;
import pregao.ingest.access.CallerCheck;
import pregao.ingest.candle.CandleIngestService;
import pregao.ingest.candle.ConflictQuery;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;
import pregao.ingest.quarantine.QuarantineParameters;
import pregao.ingest.request.Responses;

/**
 * HTTP endpoints that list the conflicts of the caller's feeds and accept them.
 */
@RestController
class ConflictController {

    private final CallerCheck callerCheck;

    private final ConflictRepository conflictRepository;

    private final CandleIngestService candleIngestService;

    ConflictController(CallerCheck callerCheck, ConflictRepository conflictRepository,
            CandleIngestService candleIngestService) {
        this.callerCheck = callerCheck;
        this.conflictRepository = conflictRepository;
        this.candleIngestService = candleIngestService;
    }

    @GetMapping(path = "/api/conflicts", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listConflicts",
            summary = "Lists conflicts: final candles that differ from the stored final candle, newest first",
            security = { @SecurityRequirement(name = "api-key"), @SecurityRequirement(name = "token") },
            parameters = { @Parameter(in = ParameterIn.QUERY, name = "symbol"),
                    @Parameter(in = ParameterIn.QUERY, name = "timeframe"),
                    @Parameter(in = ParameterIn.QUERY, name = "feed",
                            description = "of a login: a feed of its own; of an API key: its feed, which is the default"),
                    @Parameter(in = ParameterIn.QUERY, name = "state", description = "open (default) or accepted"),
                    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1,000, default 100"),
                    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "next of the previous page") },
            responses = @ApiResponse(responseCode = "200", description = "One page",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(ConflictExamples.PAGE))))
    Mono<ResponseEntity<byte[]>> list(@Parameter(hidden = true) ServerHttpRequest request) {
        return this.callerCheck.authenticate(request.getHeaders()).flatMap((caller) -> {
            ConflictQuery query = QuarantineParameters.readConflicts(request.getQueryParams(), caller);
            return this.conflictRepository.findPage(query)
                .map((page) -> Responses.ok(ConflictJson.pageToJson(query, page), false));
        });
    }

    @PostMapping(path = "/api/conflicts/{id}/accept", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "acceptConflict",
            summary = "Accepts this version above all others; the replaced one is listed as a conflict. A second"
                    + " time changes nothing",
            security = { @SecurityRequirement(name = "api-key"), @SecurityRequirement(name = "token") },
            responses = @ApiResponse(responseCode = "200", description = "The accepted conflict",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(ConflictExamples.ACCEPTED))))
    Mono<ResponseEntity<byte[]>> acceptConflict(@Parameter(hidden = true) ServerHttpRequest request,
            @PathVariable String id) {
        return this.callerCheck.authenticate(request.getHeaders()).flatMap((caller) -> acceptConflict(caller, id));
    }

    private Mono<ResponseEntity<byte[]>> acceptConflict(Caller caller, String id) {
        long conflictId = QuarantineParameters.parseId(id).orElseThrow(ConflictController::notFound);
        return caller.resolveItemFeed(this.conflictRepository.findFeed(conflictId))
            .flatMap((feed) -> this.candleIngestService.acceptConflict(feed, conflictId, caller.user()))
            .switchIfEmpty(Mono.error(ConflictController::notFound))
            .map((accepted) -> Responses.ok(ConflictJson.toJson(accepted), false));
    }

    private static IngestException notFound() {
        return IngestException.of(ProblemType.NOT_FOUND, "there is no conflict of this number");
    }

}
