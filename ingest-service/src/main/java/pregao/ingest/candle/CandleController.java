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
 * HTTP endpoints for candles: parses, stores, publishes and responds.
 */
@RestController
class CandleController {

    private final IngestRequestFilter requestFilter;

    private final CandleIngestService candleIngestService;

    private final CandleMetrics metrics;

    private final RejectionLog rejectionLog;

    private final RequestLimit requestLimit;

    CandleController(IngestRequestFilter requestFilter, CandleIngestService candleIngestService, CandleMetrics metrics,
            RejectionLog rejectionLog, InFlightProperties properties) {
        this.rejectionLog = rejectionLog;
        this.requestLimit = properties.candles();
        this.requestFilter = requestFilter;
        this.candleIngestService = candleIngestService;
        this.metrics = metrics;
    }

    @PostMapping(path = "/ingest", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingest", summary = "Stores a candle, or several in an envelope",
            description = CandleExamples.DESCRIPTION, security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.ENVELOPE))),
            responses = @ApiResponse(responseCode = "200", description = "The outcome of each candle",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.RESPONSE))))
    Mono<ResponseEntity<byte[]>> ingest(ServerHttpRequest request) {
        return this.requestFilter.handle(request, this.requestLimit, this::ingest);
    }

    @PostMapping(path = "/ingest_batch", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingestBatch", summary = "Stores candles of an array",
            description = CandleExamples.DESCRIPTION, security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "array"),
                            examples = @ExampleObject(CandleExamples.ARRAY))),
            responses = @ApiResponse(responseCode = "200", description = "The outcome of each candle",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.RESPONSE))))
    Mono<ResponseEntity<byte[]>> ingestBatch(ServerHttpRequest request) {
        return this.requestFilter.handle(request, this.requestLimit, this::ingest);
    }

    private Mono<ResponseEntity<byte[]>> ingest(IngestRequest request) {
        List<ParsedCandle> parsedCandles = BodyParsing.parse(request, (ingestRequest) -> CandleParser
            .parse(ingestRequest.body(), ingestRequest.clock(), ingestRequest.instruments(), ingestRequest.maxItems()));
        ProvidedCandles validCandles = ProvidedCandles.of(parsedCandles, CandleParser.endedBy(request.clock()));
        if (validCandles.candles().isEmpty() && !parsedCandles.isEmpty()) {
            recordOutcomes(request, parsedCandles, List.of());
            throw AllCandlesRejectedException.of(parsedCandles);
        }
        return this.candleIngestService.store(validCandles, request.owner()).map((result) -> {
            List<ParsedCandle> checkedCandles = CheckedItems.rejectQuarantined(parsedCandles, result.held());
            recordOutcomes(request, checkedCandles, result.puts());
            this.metrics.countQuarantined(result.held());
            if (result.puts().isEmpty() && !parsedCandles.isEmpty()) {
                throw AllCandlesRejectedException.of(checkedCandles);
            }
            return Responses.ok(CandleResponseWriter.toJson(checkedCandles, result.puts(), request.minimal()),
                    request.minimal());
        });
    }

    private void recordOutcomes(IngestRequest request, List<ParsedCandle> candles, List<UpsertResult> results) {
        this.metrics.countOutcomes(candles, results);
        for (ParsedCandle candle : candles) {
            if (candle instanceof ParsedCandle.Rejected rejected) {
                this.rejectionLog.add(request.feed().name(), "candle", rejected.symbol(), rejected.rejection());
            }
        }
    }

}
