package pregao.strategy.backtest;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.strategy.candle.KnownFeeds;
import pregao.strategy.job.Job;
import pregao.strategy.job.JobService;
import pregao.strategy.json.ExactJson;
import pregao.strategy.json.JsonBody;
import pregao.strategy.rule.StrategyRepository;
import pregao.strategy.security.AuthenticatedUser;
import pregao.strategy.signal.NameBasedUuid;
import pregao.webapi.problem.ProblemDefinition;

/**
 * What people want to be tried, as jobs.
 */
@Component
class BacktestService {

    private final JobService jobs;

    private final StrategyRepository strategies;

    private final KnownFeeds feeds;

    private final BacktestProperties limits;

    BacktestService(JobService jobs, StrategyRepository strategies, KnownFeeds feeds, BacktestProperties limits) {
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
     * @throws pregao.webapi.problem.ProblemException 422 where fields are wrong, or the
     * key was another request's
     */
    Job add(AuthenticatedUser person, @Nullable String key, JsonNode body) {
        UUID id = NameBasedUuid.ofKey(person.id(), "backtests", key);
        BacktestRequestParser reading = new BacktestRequestParser(this.limits, person.feed(),
                (name) -> this.strategies.named(person.id(), name));
        BacktestRequest trial = reading.read(body);
        if (trial == null) {
            throw JsonBody.trouble(reading.wrong()).asException();
        }
        this.feeds.requireKnown(trial.instrument().feed(), person);
        JsonNode request = BacktestRequestWriter.write(trial);
        Job job = this.jobs.add(id, person.id(), BacktestJobHandler.KIND, ExactJson.text(request));
        if (!same(ExactJson.stored(job.request()), request)) {
            throw ProblemDefinition.keyReused().asException();
        }
        return job;
    }

    /** The database has written the stored one its way, so both are compared as trees. */
    private boolean same(JsonNode stored, JsonNode jsonNode) {
        return BacktestRequestWriter.write(trial(stored)).equals(BacktestRequestWriter.write(trial(jsonNode)));
    }

    private BacktestRequest trial(JsonNode written) {
        BacktestRequest trial = new BacktestRequestParser(this.limits, "", (name) -> null).read(written);
        if (trial == null) {
            throw new IllegalStateException("what was written here cannot be read");
        }
        return trial;
    }

    List<Job> of(AuthenticatedUser person, int most) {
        return this.jobs.of(person.id(), BacktestJobHandler.KIND, most);
    }

    Job find(AuthenticatedUser person, UUID id) {
        return this.jobs.find(id, person.id(), BacktestJobHandler.KIND)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    void cancel(AuthenticatedUser person, UUID id) {
        if (!this.jobs.cancel(id, person.id(), BacktestJobHandler.KIND)) {
            throw ProblemDefinition.notFound().asException();
        }
    }

}
