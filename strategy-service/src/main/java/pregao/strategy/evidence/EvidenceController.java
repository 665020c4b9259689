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
 * {@code /api/bots/…/evidence}: what bots did on paper beside their backtests; and
 * {@code …/promote}: from paper to money.
 */
@RestController
@RequestMapping("/api/bots/{id}")
@SecurityRequirement(name = "token")
class EvidenceController {

    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final EvidenceService evidences;

    private final PromotionService promotions;

    private final BlockingExecutor blocking;

    EvidenceController(EvidenceService evidences, PromotionService promotions, BlockingExecutor blocking) {
        this.evidences = evidences;
        this.promotions = promotions;
        this.blocking = blocking;
    }

    @PostMapping("/evidence")
    @Operation(operationId = "createEvidence",
            summary = "Creates a report that compares a paper bot with its backtest; runs as a job",
            description = """
                    Of what it did since its last start; with `from` and `to`, of the candles of that time, as far as the \
                    bot followed then what it follows now. With the same `Idempotency-Key` the same request makes one job.""")
    Mono<ResponseEntity<EvidenceResponse>> add(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @RequestHeader(name = NameBasedUuid.KEY, required = false) @Nullable String key,
            @RequestBody(required = false) @Schema(type = "object") byte @Nullable [] body) {
        byte[] said = (body != null && body.length > 0) ? body : NOTHING;
        return this.blocking.call(() -> this.evidences.add(person.id(), id, key, JsonBody.read(said)))
            .map((job) -> ResponseEntity.accepted()
                .location(URI.create("/api/bots/%s/evidence/%s".formatted(id, job.id())))
                .body(EvidenceResponse.of(job, null)));
    }

    @GetMapping("/evidence/{job}")
    @Operation(operationId = "getEvidence",
            summary = "Returns the state of a comparison report, and the report if it is done")
    Mono<EvidenceResponse> evidence(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @PathVariable UUID job) {
        return this.blocking.call(() -> {
            Job found = this.evidences.find(person.id(), id, job)
                .orElseThrow(() -> ProblemDefinition.notFound().asException());
            return EvidenceResponse.of(found, this.evidences.report(person.id(), found).orElse(null));
        });
    }

    @PostMapping(path = "/promote", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "promoteBot",
            summary = "Creates a stopped bot with the same plan on a broker account, based on a comparison report",
            description = """
                    `evidence` is the id of a report of this bot, `account` one of your accounts at a broker, `money` \
                    `demo` or `real`, `confirm` the bot's name. Repeated, it is the same bot.""")
    Mono<ResponseEntity<BotResponse>> promote(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @RequestBody @Schema(type = "object") byte[] body) {
        person.mustTrade();
        return this.blocking.call(() -> this.promotions.promote(person.id(), id, JsonBody.read(body)))
            .map((bot) -> ResponseEntity.created(URI.create("/api/bots/" + bot.id())).body(bot));
    }

}
