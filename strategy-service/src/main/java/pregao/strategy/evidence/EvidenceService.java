package pregao.strategy.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.strategy.account.TradingMode;
import pregao.strategy.bot.BotRepository;
import pregao.strategy.bot.BotResponse;
import pregao.strategy.job.Job;
import pregao.strategy.job.JobService;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.ExactJson;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;
import pregao.strategy.signal.NameBasedUuid;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Creates and reads evidence reports, which run as jobs, and checks whether a report is
 * sufficient for a promotion.
 */
@Component
class EvidenceService {

    private final JobService jobService;

    private final BotRepository botRepository;

    private final EvidenceProperties properties;

    private final Clock clock;

    EvidenceService(JobService jobService, BotRepository botRepository, EvidenceProperties properties, Clock clock) {
        this.jobService = jobService;
        this.botRepository = botRepository;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Creates a report.
     * @param userId the id of the user
     * @param botId the id of the bot
     * @param idempotencyKey the idempotency key of the request, or null
     * @param body an object with optional fields {@code from} and {@code to}
     * @return the job of the report
     * @throws pregao.webapi.problem.ProblemException 404 if the user has no such bot, 409
     * if the bot is not on paper or has not run since its last change, 422 if a field is
     * wrong or the key was used for a different request
     */
    Job createReport(UUID userId, UUID botId, @Nullable String idempotencyKey, JsonNode body) {
        BotResponse bot = getBot(userId, botId);
        Instant started = bot.startedAt();
        if (!bot.money().equals(TradingMode.PAPER.text())) {
            throw ProblemDefinition.conflict("not-on-paper", "Only a bot on paper gives evidence").asException();
        }
        if (started == null || started.isBefore(bot.settledAt())) {
            throw ProblemDefinition.conflict("not-run", "The bot has not run since its plan was last changed")
                .asException();
        }
        EvidenceJobRequest request = new EvidenceJobRequest(parsePeriod(bot, started, body), bot.settledAt());
        Job job = this.jobService.submit(NameBasedUuid.ofKey(userId, "evidence|" + botId, idempotencyKey), userId,
                EvidenceJobHandler.KIND, ExactJson.write(request.toJson()));
        if (!isSamePeriod(EvidenceJobRequest.parse(job.request()).stretch(), request.stretch(), body)) {
            throw ProblemDefinition.idempotencyKeyReused().asException();
        }
        return job;
    }

    /**
     * Returns whether two periods are the same request. If the request has no end, its
     * end is the current time, which differs each time.
     */
    private static boolean isSamePeriod(EvidencePeriod storedPeriod, EvidencePeriod requestedPeriod, JsonNode body) {
        return storedPeriod.from().equals(requestedPeriod.from())
                && (!body.has("to") || storedPeriod.to().equals(requestedPeriod.to()));
    }

    private EvidencePeriod parsePeriod(BotResponse bot, Instant started, JsonNode body) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", errors);
        boolean hasFrom = document.get("from") != null;
        Instant to = (document.get("to") != null) ? document.instant("to") : this.clock.instant();
        Instant from = hasFrom ? document.instant("from") : Instant.EPOCH;
        document.rejectUnknownFields();
        if (hasFrom && errors.isEmpty()) {
            boolean isValid = from.isBefore(to)
                    && Duration.between(from, to).compareTo(Duration.ofDays(this.properties.maxDays())) <= 0;
            if (!isValid) {
                document.addError("from", "before to, and at most %d days".formatted(this.properties.maxDays()));
            }
        }
        if (!errors.isEmpty()) {
            throw JsonBody.toProblem(errors).asException();
        }
        return new EvidencePeriod(bot.id(), hasFrom ? bot.settledAt() : started, from, to);
    }

    BotResponse getBot(UUID userId, UUID botId) {
        return findBot(userId, botId).orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    Optional<BotResponse> findBot(UUID userId, UUID botId) {
        return this.botRepository.find(botId, userId);
    }

    /** Returns the job of a report of a bot. */
    Optional<Job> findJob(UUID userId, UUID botId, UUID jobId) {
        return this.jobService.find(jobId, userId, EvidenceJobHandler.KIND)
            .filter((job) -> EvidenceJobRequest.parse(job.request()).stretch().bot().equals(botId));
    }

    /** Returns the report of a job that is done. */
    Optional<String> findReport(UUID userId, Job job) {
        return this.jobService.findResult(job.id(), userId);
    }

    /**
     * Returns what is missing before a bot can be promoted.
     * @return descriptions of what is missing; empty if the evidence is sufficient
     */
    List<String> findMissingEvidence(BotResponse bot, Optional<Job> reportJob) {
        List<String> missing = new ArrayList<>();
        Job job = reportJob.orElse(null);
        Instant endedAt = (job != null) ? job.endedAt() : null;
        String summary = (job != null) ? job.summary() : null;
        if (job == null || job.state() != Job.State.DONE || endedAt == null || summary == null) {
            return List.of("a report of this bot that is done: POST /api/bots/%s/evidence".formatted(bot.id()));
        }
        if (!EvidenceJobRequest.parse(job.request()).settledAt().equals(bot.settledAt())) {
            missing.add("a report of what the bot follows now; it was changed since");
        }
        int trades = ExactJson.parseStored(summary).path("trades").intValue();
        if (trades < this.properties.minTrades()) {
            missing.add(
                    "a report with at least %d trades on paper, not %d".formatted(this.properties.minTrades(), trades));
        }
        if (endedAt.plus(this.properties.maxAge()).isBefore(this.clock.instant())) {
            missing.add("a report that is at most %s old, not one of %s".formatted(this.properties.maxAge(), endedAt));
        }
        return missing;
    }

    static ProblemDefinition toProblem(List<String> missing) {
        return new ProblemDefinition("evidence-missing", "There is not evidence enough", 409,
                String.join("; ", missing),
                missing.stream().map((message) -> new FieldViolation("evidence", message)).toList(), Map.of());
    }

}
