package pregao.strategy.evidence;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.bot.BotResponse;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.job.Job;
import pregao.strategy.json.JsonBody;
import pregao.strategy.security.AuthenticatedUser;
import pregao.strategy.signal.NameBasedUuid;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/bots/{id}/evidence}: reports that compare paper bots with their backtests,
 * and {@code /api/bots/{id}/promote}: bots on a broker account that are created on the
 * basis of such a report.
 */
@RestController
@RequestMapping("/api/bots/{id}")
@SecurityRequirement(name = "token")
class EvidenceController {

    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    private final EvidenceService evidenceService;

    private final PromotionService promotionService;

    private final BlockingExecutor blockingExecutor;

    EvidenceController(EvidenceService evidenceService, PromotionService promotionService,
            BlockingExecutor blockingExecutor) {
        this.evidenceService = evidenceService;
        this.promotionService = promotionService;
        this.blockingExecutor = blockingExecutor;
    }

    @PostMapping("/evidence")
    @Operation(operationId = "createEvidence",
            summary = "Creates a report that compares a paper bot with its backtest; runs as a job",
            description = """
                    Of what it did since its last start; with `from` and `to`, of the candles of that time, as far as the \
                    bot followed then what it follows now. With the same `Idempotency-Key` the same request makes one job.""")
    Mono<ResponseEntity<EvidenceResponse>> createEvidence(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id,
            @RequestHeader(name = NameBasedUuid.IDEMPOTENCY_KEY_HEADER,
                    required = false) @Nullable String idempotencyKey,
            @RequestBody(required = false) @Schema(type = "object") byte @Nullable [] body) {
        byte[] content = (body != null && body.length > 0) ? body : EMPTY_OBJECT;
        return this.blockingExecutor
            .call(() -> this.evidenceService.createReport(user.id(), id, idempotencyKey, JsonBody.parse(content)))
            .map((reportJob) -> ResponseEntity.accepted()
                .location(URI.create("/api/bots/%s/evidence/%s".formatted(id, reportJob.id())))
                .body(EvidenceResponse.of(reportJob, null)));
    }

    @GetMapping("/evidence/{job}")
    @Operation(operationId = "getEvidence",
            summary = "Returns the state of a comparison report, and the report if it is done")
    Mono<EvidenceResponse> getEvidence(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @PathVariable UUID job) {
        return this.blockingExecutor.call(() -> {
            Job reportJob = this.evidenceService.findJob(user.id(), id, job)
                .orElseThrow(() -> ProblemDefinition.notFound().asException());
            return EvidenceResponse.of(reportJob, this.evidenceService.findReport(user.id(), reportJob).orElse(null));
        });
    }

    @PostMapping(path = "/promote", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "promoteBot",
            summary = "Creates a stopped bot with the same plan on a broker account, based on a comparison report",
            description = """
                    `evidence` is the id of a report of this bot, `account` one of your accounts at a broker, `money` \
                    `demo` or `real`, `confirm` the bot's name. Repeated, it is the same bot.""")
    Mono<ResponseEntity<BotResponse>> promoteBot(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @RequestBody @Schema(type = "object") byte[] body) {
        user.requireTradeScope();
        return this.blockingExecutor.call(() -> this.promotionService.promote(user.id(), id, JsonBody.parse(body)))
            .map((bot) -> ResponseEntity.created(URI.create("/api/bots/" + bot.id())).body(bot));
    }

}
