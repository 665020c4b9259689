package pregao.ingest.candle;

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

import pregao.ingest.ea.CandleReader;
import pregao.ingest.ea.SentCandle;
import pregao.ingest.limit.LimitSettings;
import pregao.ingest.limit.RequestLimit;
import pregao.ingest.post.Answers;
import pregao.ingest.post.Post;
import pregao.ingest.post.PostGate;
import pregao.ingest.post.Readings;
import pregao.ingest.rejection.RejectionLog;

/**
 * Takes candles: reads, stores, publishes, answers.
 */
@RestController
class CandleController {

    private final PostGate gate;

    private final CandleOutput output;

    private final CandleMeters meters;

    private final RejectionLog rejections;

    private final RequestLimit limit;

    CandleController(PostGate gate, CandleOutput output, CandleMeters meters, RejectionLog rejections,
            LimitSettings limits) {
        this.rejections = rejections;
        this.limit = limits.candles();
        this.gate = gate;
        this.output = output;
        this.meters = meters;
    }

    @PostMapping(path = "/ingest", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingest", summary = "Send a candle, or several in an envelope",
            description = CandleExamples.DESCRIPTION, security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.ENVELOPE))),
            responses = @ApiResponse(responseCode = "200", description = "What became of each candle",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.ANSWER))))
    Mono<ResponseEntity<byte[]>> take(ServerHttpRequest request) {
        return this.gate.pass(request, this.limit, this::take);
    }

    @PostMapping(path = "/ingest_batch", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ingestBatch", summary = "Send candles in an array",
            description = CandleExamples.DESCRIPTION, security = @SecurityRequirement(name = "api-key"),
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "array"),
                            examples = @ExampleObject(CandleExamples.ARRAY))),
            responses = @ApiResponse(responseCode = "200", description = "What became of each candle",
                    content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
                            examples = @ExampleObject(CandleExamples.ANSWER))))
    Mono<ResponseEntity<byte[]>> takeBatch(ServerHttpRequest request) {
        return this.gate.pass(request, this.limit, this::take);
    }

    private Mono<ResponseEntity<byte[]>> take(Post post) {
        List<SentCandle> sent = Readings.read(post,
                (each) -> CandleReader.read(each.body(), each.clock(), each.instruments(), each.maxItems()));
        ProvidedCandles sound = ProvidedCandles.of(sent, CandleReader.endedBy(post.clock()));
        if (sound.candles().isEmpty() && !sent.isEmpty()) {
            count(post, sent, List.of());
            throw CandleRefusal.of(sent);
        }
        return this.output.take(sound, post.owner()).map((stored) -> {
            List<SentCandle> judged = Judged.of(sent, stored.held());
            count(post, judged, stored.puts());
            this.meters.countHeld(stored.held());
            if (stored.puts().isEmpty() && !sent.isEmpty()) {
                throw CandleRefusal.of(judged);
            }
            return Answers.ok(CandleAnswer.of(judged, stored.puts(), post.minimal()), post.minimal());
        });
    }

    private void count(Post post, List<SentCandle> sent, List<Put> puts) {
        this.meters.count(sent, puts);
        for (SentCandle each : sent) {
            if (each instanceof SentCandle.Refused refused) {
                this.rejections.add(post.feed().name(), "candle", refused.symbol(), refused.rejection());
            }
        }
    }

}
