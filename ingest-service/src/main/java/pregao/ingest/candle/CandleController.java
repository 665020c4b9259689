package pregao.ingest.candle;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
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

import pregao.ingest.backpressure.InFlightProperties;
import pregao.ingest.backpressure.RequestLimit;
import pregao.ingest.parser.CandleParser;
import pregao.ingest.parser.ParsedCandle;
import pregao.ingest.rejection.RejectionLog;
import pregao.ingest.request.BodyParsing;
import pregao.ingest.request.IngestRequest;
import pregao.ingest.request.IngestRequestFilter;
import pregao.ingest.request.Responses;

/**
 * Takes candles: reads, stores, publishes, answers.
 */
@RestController
class CandleController {

    private final IngestRequestFilter gate;

    private final CandleIngestService output;

    private final CandleMetrics meters;

    private final RejectionLog rejections;

    private final RequestLimit limit;

    CandleController(IngestRequestFilter gate, CandleIngestService output, CandleMetrics meters,
            RejectionLog rejections, InFlightProperties limits) {
        this.rejections = rejections;
        this.limit = limits.candles();
        this.gate = gate;
        this.output = output;
        this.meters = meters;
    }

    @PostMapping(path = "/ingest", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingest", summary = "Stores a candle, or several in an envelope",
            description = CandleExamples.DESCRIPTION, security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.ENVELOPE))),
            responses = @ApiResponse(responseCode = "200", description = "The outcome of each candle",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.ANSWER))))
    Mono<ResponseEntity<byte[]>> take(ServerHttpRequest request) {
        return this.gate.handle(request, this.limit, this::take);
    }

    @PostMapping(path = "/ingest_batch", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingestBatch", summary = "Stores candles of an array",
            description = CandleExamples.DESCRIPTION, security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "array"),
                            examples = @ExampleObject(CandleExamples.ARRAY))),
            responses = @ApiResponse(responseCode = "200", description = "The outcome of each candle",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.ANSWER))))
    Mono<ResponseEntity<byte[]>> takeBatch(ServerHttpRequest request) {
        return this.gate.handle(request, this.limit, this::take);
    }

    private Mono<ResponseEntity<byte[]>> take(IngestRequest post) {
        List<ParsedCandle> sent = BodyParsing.parse(post, (ingestRequest) -> CandleParser.read(ingestRequest.body(),
                ingestRequest.clock(), ingestRequest.instruments(), ingestRequest.maxItems()));
        ProvidedCandles sound = ProvidedCandles.of(sent, CandleParser.endedBy(post.clock()));
        if (sound.candles().isEmpty() && !sent.isEmpty()) {
            count(post, sent, List.of());
            throw AllCandlesRejectedException.of(sent);
        }
        return this.output.store(sound, post.owner()).map((stored) -> {
            List<ParsedCandle> judged = CheckedItems.of(sent, stored.held());
            count(post, judged, stored.puts());
            this.meters.countHeld(stored.held());
            if (stored.puts().isEmpty() && !sent.isEmpty()) {
                throw AllCandlesRejectedException.of(judged);
            }
            return Responses.ok(CandleResponseWriter.of(judged, stored.puts(), post.minimal()), post.minimal());
        });
    }

    private void count(IngestRequest post, List<ParsedCandle> sent, List<UpsertResult> puts) {
        this.meters.count(sent, puts);
        for (ParsedCandle parsedCandle : sent) {
            if (parsedCandle instanceof ParsedCandle.Rejected refused) {
                this.rejections.add(post.feed().name(), "candle", refused.symbol(), refused.rejection());
            }
        }
    }

}
