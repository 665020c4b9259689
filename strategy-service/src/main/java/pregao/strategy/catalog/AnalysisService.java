package pregao.strategy.catalog;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.strategy.catalog.cache.TwoLevelCache;
import pregao.strategy.job.Job;
import pregao.strategy.job.JobService;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Creates, reads and deletes the analyses of users.
 */
@Component
public class AnalysisService {

    private final JobService jobService;

    private final JdbcClient database;

    private final AnalyzedSeriesRepository analyzedSeriesRepository;

    private final TwoLevelCache cache;

    private final JsonMapper jsonMapper;

    AnalysisService(JobService jobService, JdbcClient database, TwoLevelCache cache, JsonMapper jsonMapper) {
        this.jobService = jobService;
        this.database = database;
        this.analyzedSeriesRepository = new AnalyzedSeriesRepository(database);
        this.cache = cache;
        this.jsonMapper = jsonMapper;
    }

    /**
     * Creates an analysis.
     * @param id a new id, or the id of an earlier analysis, which is then returned
     * @param userId the id of the user
     * @param analysis the analysis
     * @param isWholeFeed whether the request means all instruments of a feed; the feed
     * can have more of them than at the time of the earlier request
     * @return the state of the analysis
     * @throws pregao.webapi.problem.ProblemException 422 if the id belongs to a different
     * analysis, 429 if the user has too many open jobs
     */
    AnalysisResponse create(UUID id, UUID userId, Analysis analysis, boolean isWholeFeed) {
        Job job = this.jobService.submit(id, userId, AnalysisJobHandler.KIND,
                this.jsonMapper.writeValueAsString(analysis));
        Analysis storedAnalysis = readAnalysis(job);
        if (!storedAnalysis.equals(isWholeFeed ? analysis.withInstruments(storedAnalysis.instruments()) : analysis)) {
            throw ProblemDefinition.idempotencyKeyReused().asException();
        }
        return AnalysisResponse.of(job, storedAnalysis, false, null);
    }

    /**
     * Returns the analyses of a user.
     * @param userId the id of the user
     * @param maxItems the maximum number of analyses to return
     * @return the analyses, newest first
     */
    List<AnalysisResponse> findAll(UUID userId, int maxItems) {
        Map<UUID, LiveState> liveStates = findLiveStates(userId);
        return this.jobService.findAll(userId, AnalysisJobHandler.KIND, maxItems)
            .stream()
            .map((job) -> AnalysisResponse.of(job, readAnalysis(job), isLive(liveStates.get(job.id())),
                    findSummary(job, liveStates.get(job.id()))))
            .toList();
    }

    /**
     * Returns an analysis of a user with its result.
     * @param id the id of the analysis
     * @param userId the id of the user
     * @return the analysis, or empty if the user has no such analysis
     */
    Optional<AnalysisResponse.AnalysisDetailResponse> find(UUID id, UUID userId) {
        return this.jobService.find(id, userId, AnalysisJobHandler.KIND).map((job) -> {
            Map<UUID, LiveState> liveStates = findLiveStates(userId);
            AnalysisResult result = (job.state() == Job.State.DONE) ? loadResult(job, liveStates.get(id)) : null;
            return new AnalysisResponse.AnalysisDetailResponse(AnalysisResponse.of(job, readAnalysis(job),
                    isLive(liveStates.get(id)), (result != null) ? result.summary() : null), result);
        });
    }

    /**
     * Returns an analysis that is done.
     * @param id the id of the analysis
     * @param userId the id of the user
     * @return the analysis
     * @throws pregao.webapi.problem.ProblemException 404 if the user has no such
     * analysis, 409 if it is not done
     */
    public Analysis getCompletedAnalysis(UUID id, UUID userId) {
        Job job = this.jobService.find(id, userId, AnalysisJobHandler.KIND)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
        if (job.state() != Job.State.DONE) {
            throw ProblemDefinition.conflict("not-done", "The analysis has no result").asException();
        }
        return readAnalysis(job);
    }

    /**
     * Returns the candle colors that an analysis has evaluated for one instrument.
     * @param id the id of an analysis that is done
     * @param analysis the analysis
     * @param instrument the instrument
     * @return the colors
     * @throws pregao.webapi.problem.ProblemException 404 if the instrument is not part of
     * the analysis
     */
    public AnalyzedSeries getAnalyzedSeries(UUID id, Analysis analysis, Instrument instrument) {
        return this.analyzedSeriesRepository.find(id, analysis.timeframe(), instrument)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    /** Cancels an open analysis, or deletes one that has ended. */
    boolean cancelOrDelete(UUID id, UUID userId) {
        return this.jobService.cancelOrDelete(id, userId, AnalysisJobHandler.KIND);
    }

    private AnalysisResult.@Nullable Summary findSummary(Job job, @Nullable LiveState liveState) {
        if (liveState != null) {
            return loadResult(job, liveState).summary();
        }
        return (job.summary() != null) ? this.jsonMapper.readValue(job.summary(), AnalysisResult.Summary.class) : null;
    }

    /**
     * Returns the stored result. If the analysis is or was live, evaluates its current
     * colors instead.
     */
    private AnalysisResult loadResult(Job job, @Nullable LiveState liveState) {
        if (liveState == null) {
            return this.jsonMapper.readValue(this.jobService.findResult(job.id(), job.person()).orElseThrow(),
                    AnalysisResult.class);
        }
        String key = "findings:%s:%d".formatted(job.id(), liveState.version());
        byte[] cachedResult = this.cache.getAll(List.of(key)).get(key);
        if (cachedResult != null) {
            return this.jsonMapper.readValue(cachedResult, AnalysisResult.class);
        }
        Analysis analysis = readAnalysis(job);
        AnalysisResult result = AnalysisResult.of(analysis,
                this.analyzedSeriesRepository.findAll(job.id(), analysis.timeframe()), Set.of());
        // A change during the evaluation belongs to a later version.
        LiveState currentState = findLiveStates(job.person()).get(job.id());
        if (currentState != null && currentState.version() == liveState.version()) {
            this.cache.putAll(Map.of(key, this.jsonMapper.writeValueAsString(result).getBytes(StandardCharsets.UTF_8)));
        }
        return result;
    }

    /**
     * Returns the live states of those analyses whose result may differ from the stored
     * one.
     */
    private Map<UUID, LiveState> findLiveStates(UUID userId) {
        Map<UUID, LiveState> liveStates = new HashMap<>();
        this.database.sql("select job, version, until is null from strategy.catalog_live where person = :person")
            .param("person", userId)
            .query((row) -> {
                liveStates.put(row.getObject(1, UUID.class), new LiveState(row.getLong(2), row.getBoolean(3)));
            });
        return liveStates;
    }

    private Analysis readAnalysis(Job job) {
        return this.jsonMapper.readValue(job.request(), Analysis.class);
    }

    private static boolean isLive(@Nullable LiveState liveState) {
        return liveState != null && liveState.goesOn();
    }

    /**
     * The state of an analysis that is or was live.
     *
     * @param version the number of updates
     * @param goesOn whether the analysis is still live
     */
    private record LiveState(long version, boolean goesOn) {

    }

}
