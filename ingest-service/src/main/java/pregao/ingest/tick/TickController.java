package pregao.ingest.tick;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import pregao.contracts.Topic;
import pregao.contracts.tick.TickCodec;
import pregao.contracts.tick.Ticks;
import pregao.ingest.ea.SentTicks;
import pregao.ingest.ea.TickReader;
import pregao.ingest.limit.LimitSettings;
import pregao.ingest.limit.RequestLimit;
import pregao.ingest.post.Answers;
import pregao.ingest.post.Post;
import pregao.ingest.post.PostGate;
import pregao.ingest.post.Readings;
import pregao.ingest.rejection.RejectionLog;
import pregao.ingest.topic.Message;

/**
 * Takes ticks: reads, publishes, answers.
 */
@RestController
class TickController {

    private final PostGate gate;

    private final TickOutput output;

    private final TickMeters meters;

    private final RejectionLog rejections;

    private final RequestLimit limit;

    TickController(PostGate gate, TickOutput output, TickMeters meters, RejectionLog rejections, LimitSettings limits) {
        this.rejections = rejections;
        this.limit = limits.ticks();
        this.gate = gate;
        this.output = output;
        this.meters = meters;
    }

    @PostMapping(path = "/ingest/tick", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingestTicks", summary = "Send ticks", description = TickExamples.DESCRIPTION,
            security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(TickExamples.REQUEST))),
            responses = @ApiResponse(responseCode = "200", description = "What became of each tick",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(TickExamples.ANSWER))))
    Mono<ResponseEntity<byte[]>> take(ServerHttpRequest request) {
        return this.gate.pass(request, this.limit, this::take);
    }

    private Mono<ResponseEntity<byte[]>> take(Post post) {
        SentTicks sent = Readings.read(post,
                (each) -> TickReader.read(each.body(), each.feed(), each.clock(), each.instruments(), each.maxItems()));
        if (sent.size() > 0 && sent.refused().size() == sent.size()) {
            count(post, sent);
            throw TickRefusal.of(sent);
        }
        List<Message> messages = sent.toCarry(post.feed().basis(), post.clock().now())
            .stream()
            .map(TickController::message)
            .toList();
        return this.output.publish(messages).then(Mono.fromSupplier(() -> {
            count(post, sent);
            return Answers.ok(TickAnswer.of(sent, post.minimal()), post.minimal());
        }));
    }

    private void count(Post post, SentTicks sent) {
        this.meters.count(sent);
        sent.refused()
            .forEach((each) -> this.rejections.add(post.feed().name(), "tick", each.symbol(), each.rejection()));
    }

    private static Message message(Ticks ticks) {
        return new Message(Topic.TICK, ticks.instrument().key(), TickCodec.encode(ticks));
    }

}
