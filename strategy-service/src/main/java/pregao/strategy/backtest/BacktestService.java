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
 * Creates backtest jobs and gives users access to them.
 */
@Component
class BacktestService {

    private final JobService jobs;

    private final StrategyRepository strategies;

    private final KnownFeeds feeds;

    private final BacktestProperties properties;

    BacktestService(JobService jobs, StrategyRepository strategies, KnownFeeds feeds, BacktestProperties properties) {
        this.jobs = jobs;
        this.strategies = strategies;
        this.feeds = feeds;
        this.properties = properties;
    }

    /**
     * Creates the job of a request.
     * @param user the user who sent the request
     * @param key the idempotency key; null for none
     * @param body the JSON body
     * @return the new job, or the existing one if the request is a repetition
     * @throws pregao.webapi.problem.ProblemException 422 if there are field errors, or if
     * the key belongs to another request
     */
    Job createJob(AuthenticatedUser user, @Nullable String key, JsonNode body) {
        UUID id = NameBasedUuid.ofKey(user.id(), "backtests", key);
        BacktestRequestParser parser = new BacktestRequestParser(this.properties, user.feed(),
                (name) -> this.strategies.findByNameOrId(user.id(), name));
        BacktestRequest backtest = parser.read(body);
        if (backtest == null) {
            throw JsonBody.toProblem(parser.errors()).asException();
        }
        this.feeds.requireKnown(backtest.instrument().feed(), user);
        JsonNode request = BacktestRequestWriter.write(backtest);
        Job job = this.jobs.submit(id, user.id(), BacktestJobHandler.KIND, ExactJson.write(request));
        if (!isSameRequest(ExactJson.parseStored(job.request()), request)) {
            throw ProblemDefinition.idempotencyKeyReused().asException();
        }
        return job;
    }

    /**
     * Compares two requests after parsing, because the database changes the formatting of
     * the stored one.
     */
    private boolean isSameRequest(JsonNode stored, JsonNode sent) {
        return BacktestRequestWriter.write(parseStored(stored)).equals(BacktestRequestWriter.write(parseStored(sent)));
    }

    private BacktestRequest parseStored(JsonNode json) {
        BacktestRequest request = new BacktestRequestParser(this.properties, "", (name) -> null).read(json);
        if (request == null) {
            throw new IllegalStateException("what was written here cannot be read");
        }
        return request;
    }

    List<Job> findRecent(AuthenticatedUser user, int maxItems) {
        return this.jobs.findAll(user.id(), BacktestJobHandler.KIND, maxItems);
    }

    Job find(AuthenticatedUser user, UUID id) {
        return this.jobs.find(id, user.id(), BacktestJobHandler.KIND)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    void cancel(AuthenticatedUser user, UUID id) {
        if (!this.jobs.cancelOrDelete(id, user.id(), BacktestJobHandler.KIND)) {
            throw ProblemDefinition.notFound().asException();
        }
    }

}
