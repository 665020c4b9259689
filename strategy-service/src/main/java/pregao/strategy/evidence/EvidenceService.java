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
 * What people want to see evidence of, as jobs.
 */
@Component
class EvidenceService {

    private final JobService jobs;

    private final BotRepository bots;

    private final EvidenceProperties settings;

    private final Clock clock;

    EvidenceService(JobService jobs, BotRepository bots, EvidenceProperties settings, Clock clock) {
        this.jobs = jobs;
        this.bots = bots;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Takes a request.
     * @param person who asks
     * @param id of the bot
     * @param body with {@code from} and {@code to}, or without
     * @return its job
     * @throws pregao.webapi.problem.ProblemException 404, 409 where the bot has nothing
     * to show, 422
     */
    Job add(UUID person, UUID id, @Nullable String key, JsonNode body) {
        BotResponse bot = bot(person, id);
        Instant started = bot.startedAt();
        if (!bot.money().equals(TradingMode.PAPER.text())) {
            throw ProblemDefinition.conflict("not-on-paper", "Only a bot on paper gives evidence").asException();
        }
        if (started == null || started.isBefore(bot.settledAt())) {
            throw ProblemDefinition.conflict("not-run", "The bot has not run since its plan was last changed")
                .asException();
        }
        EvidenceJobRequest wish = new EvidenceJobRequest(stretch(bot, started, body), bot.settledAt());
        Job job = this.jobs.add(NameBasedUuid.ofKey(person, "evidence|" + id, key), person, EvidenceJobHandler.KIND,
                ExactJson.text(wish.write()));
        if (!isSame(EvidenceJobRequest.read(job.request()).stretch(), wish.stretch(), body)) {
            throw ProblemDefinition.keyReused().asException();
        }
        return job;
    }

    /** An end that is not said is the time of the request, which is another each time. */
    private static boolean isSame(EvidencePeriod evidencePeriod, EvidencePeriod asked, JsonNode body) {
        return evidencePeriod.from().equals(asked.from())
                && (!body.has("to") || evidencePeriod.to().equals(asked.to()));
    }

    private EvidencePeriod stretch(BotResponse bot, Instant started, JsonNode body) {
        List<DocumentError> wrong = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", wrong);
        boolean part = document.get("from") != null;
        Instant to = (document.get("to") != null) ? document.moment("to") : this.clock.instant();
        Instant from = part ? document.moment("from") : Instant.EPOCH;
        document.noOthers();
        if (part && wrong.isEmpty()) {
            boolean right = from.isBefore(to)
                    && Duration.between(from, to).compareTo(Duration.ofDays(this.settings.maxDays())) <= 0;
            if (!right) {
                document.wrong("from", "before to, and at most %d days".formatted(this.settings.maxDays()));
            }
        }
        if (!wrong.isEmpty()) {
            throw JsonBody.trouble(wrong).asException();
        }
        return new EvidencePeriod(bot.id(), part ? bot.settledAt() : started, from, to);
    }

    BotResponse bot(UUID person, UUID id) {
        return find(person, id).orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    Optional<BotResponse> find(UUID person, UUID bot) {
        return this.bots.find(bot, person);
    }

    /** A job about a bot. */
    Optional<Job> find(UUID person, UUID bot, UUID job) {
        return this.jobs.find(job, person, EvidenceJobHandler.KIND)
            .filter((found) -> EvidenceJobRequest.read(found.request()).stretch().bot().equals(bot));
    }

    /** What came of a job that is done. */
    Optional<String> report(UUID person, Job job) {
        return this.jobs.result(job.id(), person);
    }

    /**
     * What is missing before there may be money in a bot.
     * @return nothing where there is evidence enough
     */
    List<String> missing(BotResponse bot, Optional<Job> found) {
        List<String> missing = new ArrayList<>();
        Job job = found.orElse(null);
        Instant ended = (job != null) ? job.endedAt() : null;
        String summary = (job != null) ? job.summary() : null;
        if (job == null || job.state() != Job.State.DONE || ended == null || summary == null) {
            return List.of("a report of this bot that is done: POST /api/bots/%s/evidence".formatted(bot.id()));
        }
        if (!EvidenceJobRequest.read(job.request()).settledAt().equals(bot.settledAt())) {
            missing.add("a report of what the bot follows now; it was changed since");
        }
        int trades = ExactJson.stored(summary).path("trades").intValue();
        if (trades < this.settings.minTrades()) {
            missing
                .add("a report with at least %d trades on paper, not %d".formatted(this.settings.minTrades(), trades));
        }
        if (ended.plus(this.settings.maxAge()).isBefore(this.clock.instant())) {
            missing.add("a report that is at most %s old, not one of %s".formatted(this.settings.maxAge(), ended));
        }
        return missing;
    }

    static ProblemDefinition insufficient(List<String> missing) {
        return new ProblemDefinition("evidence-missing", "There is not evidence enough", 409,
                String.join("; ", missing), missing.stream().map((one) -> new FieldViolation("evidence", one)).toList(),
                Map.of());
    }

}
