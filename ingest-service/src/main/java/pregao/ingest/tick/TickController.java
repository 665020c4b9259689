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
 * Takes ticks: reads, publishes, answers.
 */
@RestController
class TickController {

    private final IngestRequestFilter gate;

    private final TickPublisher output;

    private final TickMetrics meters;

    private final RejectionLog rejections;

    private final RequestLimit limit;

    TickController(IngestRequestFilter gate, TickPublisher output, TickMetrics meters, RejectionLog rejections,
            InFlightProperties limits) {
        this.rejections = rejections;
        this.limit = limits.ticks();
        this.gate = gate;
        this.output = output;
        this.meters = meters;
    }

    @PostMapping(path = "/ingest/tick", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingestTicks", summary = "Stores ticks", description = TickExamples.DESCRIPTION,
            security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(TickExamples.REQUEST))),
            responses = @ApiResponse(responseCode = "200", description = "The outcome of each tick",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(TickExamples.ANSWER))))
    Mono<ResponseEntity<byte[]>> take(ServerHttpRequest request) {
        return this.gate.handle(request, this.limit, this::take);
    }

    private Mono<ResponseEntity<byte[]>> take(IngestRequest post) {
        ParsedTicks sent = BodyParsing.parse(post, (ingestRequest) -> TickParser.read(ingestRequest.body(),
                ingestRequest.feed(), ingestRequest.clock(), ingestRequest.instruments(), ingestRequest.maxItems()));
        if (sent.size() > 0 && sent.refused().size() == sent.size()) {
            count(post, sent);
            throw AllTicksRejectedException.of(sent);
        }
        List<OutboundRecord> messages = sent.toCarry(post.feed().basis(), post.clock().now())
            .stream()
            .map(TickController::message)
            .toList();
        return this.output.publish(messages).then(Mono.fromSupplier(() -> {
            count(post, sent);
            return Responses.ok(TickResponseWriter.of(sent, post.minimal()), post.minimal());
        }));
    }

    private void count(IngestRequest post, ParsedTicks sent) {
        this.meters.count(sent);
        sent.refused()
            .forEach((refused) -> this.rejections.add(post.feed().name(), "tick", refused.symbol(),
                    refused.rejection()));
    }

    private static OutboundRecord message(TickBatch ticks) {
        return new OutboundRecord(Topic.TICK, ticks.instrument().key(), TickCodec.encode(ticks));
    }

}
