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

import pregao.http.problem.FieldError;
import pregao.http.problem.Trouble;
import pregao.strategy.account.Money;
import pregao.strategy.bot.Bots;
import pregao.strategy.bot.StoredBot;
import pregao.strategy.document.Body;
import pregao.strategy.document.Document;
import pregao.strategy.document.Json;
import pregao.strategy.document.Wrong;
import pregao.strategy.job.Job;
import pregao.strategy.job.Jobs;
import pregao.strategy.signal.NameId;

/**
 * What people want to see evidence of, as jobs.
 */
@Component
class Evidences {

    private final Jobs jobs;

    private final Bots bots;

    private final EvidenceSettings settings;

    private final Clock clock;

    Evidences(Jobs jobs, Bots bots, EvidenceSettings settings, Clock clock) {
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
     * @throws pregao.http.problem.TroubleException 404, 409 where the bot has nothing to
     * show, 422
     */
    Job add(UUID person, UUID id, @Nullable String key, JsonNode body) {
        StoredBot bot = bot(person, id);
        Instant started = bot.startedAt();
        if (!bot.money().equals(Money.PAPER.text())) {
            throw Trouble.conflict("not-on-paper", "Only a bot on paper gives evidence").asException();
        }
        if (started == null || started.isBefore(bot.settledAt())) {
            throw Trouble.conflict("not-run", "The bot has not run since its plan was last changed").asException();
        }
        EvidenceWish wish = new EvidenceWish(stretch(bot, started, body), bot.settledAt());
        Job job = this.jobs.add(NameId.ofKey(person, "evidence|" + id, key), person, EvidenceWork.KIND,
                Json.text(wish.write()));
        if (!isSame(EvidenceWish.read(job.request()).stretch(), wish.stretch(), body)) {
            throw Trouble.keyReused().asException();
        }
        return job;
    }

    /** An end that is not said is the time of the request, which is another each time. */
    private static boolean isSame(Stretch known, Stretch asked, JsonNode body) {
        return known.from().equals(asked.from()) && (!body.has("to") || known.to().equals(asked.to()));
    }

    private Stretch stretch(StoredBot bot, Instant started, JsonNode body) {
        List<Wrong> wrong = new ArrayList<>();
        Document document = Document.of(body, "", wrong);
        boolean part = document.get("from") != null;
        Instant to = (document.get("to") != null) ? document.moment("to") : this.clock.instant();
        Instant from = part ? document.moment("from") : Instant.EPOCH;
        document.noOthers();
        if (part && wrong.isEmpty()) {
            boolean right = from.isBefore(to)
                    && Duration.between(from, to).compareTo(Duration.ofDays(this.settings.days())) <= 0;
            if (!right) {
                document.wrong("from", "before to, and at most %d days".formatted(this.settings.days()));
            }
        }
        if (!wrong.isEmpty()) {
            throw Body.trouble(wrong).asException();
        }
        return new Stretch(bot.id(), part ? bot.settledAt() : started, from, to);
    }

    StoredBot bot(UUID person, UUID id) {
        return find(person, id).orElseThrow(() -> Trouble.notFound().asException());
    }

    Optional<StoredBot> find(UUID person, UUID bot) {
        return this.bots.find(bot, person);
    }

    /** A job about a bot. */
    Optional<Job> find(UUID person, UUID bot, UUID job) {
        return this.jobs.find(job, person, EvidenceWork.KIND)
            .filter((found) -> EvidenceWish.read(found.request()).stretch().bot().equals(bot));
    }

    /** What came of a job that is done. */
    Optional<String> report(UUID person, Job job) {
        return this.jobs.result(job.id(), person);
    }

    /**
     * What is missing before there may be money in a bot.
     * @return nothing where there is evidence enough
     */
    List<String> missing(StoredBot bot, Optional<Job> found) {
        List<String> missing = new ArrayList<>();
        Job job = found.orElse(null);
        Instant ended = (job != null) ? job.endedAt() : null;
        String summary = (job != null) ? job.summary() : null;
        if (job == null || job.state() != Job.State.DONE || ended == null || summary == null) {
            return List.of("a report of this bot that is done: POST /api/bots/%s/evidence".formatted(bot.id()));
        }
        if (!EvidenceWish.read(job.request()).settledAt().equals(bot.settledAt())) {
            missing.add("a report of what the bot follows now; it was changed since");
        }
        int trades = Json.stored(summary).path("trades").intValue();
        if (trades < this.settings.leastTrades()) {
            missing.add(
                    "a report with at least %d trades on paper, not %d".formatted(this.settings.leastTrades(), trades));
        }
        if (ended.plus(this.settings.age()).isBefore(this.clock.instant())) {
            missing.add("a report that is at most %s old, not one of %s".formatted(this.settings.age(), ended));
        }
        return missing;
    }

    static Trouble insufficient(List<String> missing) {
        return new Trouble("evidence-missing", "There is not evidence enough", 409, String.join("; ", missing),
                missing.stream().map((one) -> new FieldError("evidence", one)).toList(), Map.of());
    }

}
