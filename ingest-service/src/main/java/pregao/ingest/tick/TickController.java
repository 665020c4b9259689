package pregao.ingest.tick;

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

import pregao.contracts.Topic;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickCodec;
import pregao.ingest.backpressure.InFlightProperties;
import pregao.ingest.backpressure.RequestLimit;
import pregao.ingest.kafka.OutboundRecord;
import pregao.ingest.parser.ParsedTicks;
import pregao.ingest.parser.TickParser;
import pregao.ingest.rejection.RejectionLog;
import pregao.ingest.request.BodyParsing;
import pregao.ingest.request.IngestRequest;
import pregao.ingest.request.IngestRequestFilter;
import pregao.ingest.request.Responses;

/**
 * HTTP endpoint for ticks: parses, publishes and responds.
 */
@RestController
class TickController {

    private final IngestRequestFilter requestFilter;

    private final TickPublisher tickPublisher;

    private final TickMetrics metrics;

    private final RejectionLog rejectionLog;

    private final RequestLimit requestLimit;

    TickController(IngestRequestFilter requestFilter, TickPublisher tickPublisher, TickMetrics metrics,
            RejectionLog rejectionLog, InFlightProperties properties) {
        this.rejectionLog = rejectionLog;
        this.requestLimit = properties.ticks();
        this.requestFilter = requestFilter;
        this.tickPublisher = tickPublisher;
        this.metrics = metrics;
    }

    @PostMapping(path = "/ingest/tick", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingestTicks", summary = "Stores ticks", description = TickExamples.DESCRIPTION,
            security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(TickExamples.REQUEST))),
            responses = @ApiResponse(responseCode = "200", description = "The outcome of each tick",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(TickExamples.RESPONSE))))
    Mono<ResponseEntity<byte[]>> ingest(ServerHttpRequest request) {
        return this.requestFilter.handle(request, this.requestLimit, this::ingest);
    }

    private Mono<ResponseEntity<byte[]>> ingest(IngestRequest request) {
        ParsedTicks ticks = BodyParsing.parse(request, (ingestRequest) -> TickParser.parse(ingestRequest.body(),
                ingestRequest.feed(), ingestRequest.clock(), ingestRequest.instruments(), ingestRequest.maxItems()));
        if (ticks.size() > 0 && ticks.rejected().size() == ticks.size()) {
            recordOutcomes(request, ticks);
            throw AllTicksRejectedException.of(ticks);
        }
        List<OutboundRecord> records = ticks.toBatches(request.feed().basis(), request.clock().now())
            .stream()
            .map(TickController::toRecord)
            .toList();
        return this.tickPublisher.publish(records).then(Mono.fromSupplier(() -> {
            recordOutcomes(request, ticks);
            return Responses.ok(TickResponseWriter.toJson(ticks, request.minimal()), request.minimal());
        }));
    }

    private void recordOutcomes(IngestRequest request, ParsedTicks ticks) {
        this.metrics.countOutcomes(ticks);
        ticks.rejected()
            .forEach((rejected) -> this.rejectionLog.add(request.feed().name(), "tick", rejected.symbol(),
                    rejected.rejection()));
    }

    private static OutboundRecord toRecord(TickBatch ticks) {
        return new OutboundRecord(Topic.TICK, ticks.instrument().key(), TickCodec.encode(ticks));
    }

}
