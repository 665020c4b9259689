package pregao.strategy.backtest;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.http.problem.Trouble;
import pregao.strategy.access.Person;
import pregao.strategy.candle.KnownFeeds;
import pregao.strategy.document.Body;
import pregao.strategy.document.Json;
import pregao.strategy.job.Job;
import pregao.strategy.job.Jobs;
import pregao.strategy.rule.Strategies;
import pregao.strategy.signal.NameId;

/**
 * What people want to be tried, as jobs.
 */
@Component
class Backtests {

    private final Jobs jobs;

    private final Strategies strategies;

    private final KnownFeeds feeds;

    private final BacktestLimits limits;

    Backtests(Jobs jobs, Strategies strategies, KnownFeeds feeds, BacktestLimits limits) {
        this.jobs = jobs;
        this.strategies = strategies;
        this.feeds = feeds;
        this.limits = limits;
    }

    /**
     * Takes a request.
     * @param person who asks
     * @param key by which a repeated request is known; null for a new one
     * @param body what is asked for
     * @return its job
     * @throws pregao.http.problem.TroubleException 422 where fields are wrong, or the key
     * was another request's
     */
    Job add(Person person, @Nullable String key, JsonNode body) {
        UUID id = NameId.ofKey(person.id(), "backtests", key);
        TrialReading reading = new TrialReading(this.limits, person.feed(),
                (name) -> this.strategies.named(person.id(), name));
        Trial trial = reading.read(body);
        if (trial == null) {
            throw Body.trouble(reading.wrong()).asException();
        }
        this.feeds.mustHave(trial.instrument().feed(), person);
        JsonNode request = TrialWriting.write(trial);
        Job job = this.jobs.add(id, person.id(), BacktestWork.KIND, Json.text(request));
        if (!same(Json.stored(job.request()), request)) {
            throw Trouble.keyReused().asException();
        }
        return job;
    }

    /** The database has written the stored one its way, so both are compared as trees. */
    private boolean same(JsonNode stored, JsonNode asked) {
        return TrialWriting.write(trial(stored)).equals(TrialWriting.write(trial(asked)));
    }

    private Trial trial(JsonNode written) {
        Trial trial = new TrialReading(this.limits, "", (name) -> null).read(written);
        if (trial == null) {
            throw new IllegalStateException("what was written here cannot be read");
        }
        return trial;
    }

    List<Job> of(Person person, int most) {
        return this.jobs.of(person.id(), BacktestWork.KIND, most);
    }

    Job find(Person person, UUID id) {
        return this.jobs.find(id, person.id(), BacktestWork.KIND).orElseThrow(() -> Trouble.notFound().asException());
    }

    void cancel(Person person, UUID id) {
        if (!this.jobs.cancel(id, person.id(), BacktestWork.KIND)) {
            throw Trouble.notFound().asException();
        }
    }

}
