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
 * Analyses as those see them who asked for them.
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
     * Notes what somebody wants to have analysed.
     * @param id a new one, or that of an earlier analysis, which is then the answer
     * @param userId who
     * @param analysis what
     * @param isWholeFeed whether all instruments of a feed are meant, of which there may
     * be more now
     * @return how it stands
     * @throws pregao.webapi.problem.ProblemException 422 where the earlier one is
     * another, 429 where too many are open
     */
    AnalysisResponse create(UUID id, UUID userId, Analysis analysis, boolean isWholeFeed) {
        Job job = this.jobService.submit(id, userId, AnalysisJobHandler.KIND,
                this.jsonMapper.writeValueAsString(analysis));
        Analysis storedAnalysis = readAnalysis(job);
        if (!storedAnalysis.equals(isWholeFeed ? analysis.withInstruments(storedAnalysis.instruments()) : analysis)) {
            throw ProblemDefinition.keyReused().asException();
        }
        return AnalysisResponse.of(job, storedAnalysis, false, null);
    }

    /**
     * Somebody's analyses.
     * @param userId whose
     * @param maxItems how many at most
     * @return the newest first
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
     * One of somebody's analyses with all that came of it.
     * @param id which
     * @param userId whose
     * @return empty where it is none of theirs
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
     * An analysis that is done.
     * @param id which
     * @param userId whose
     * @return what was analysed
     * @throws pregao.webapi.problem.ProblemException 404 where it is none of theirs, 409
     * where it is not done
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
     * What an analysis looked at of one instrument.
     * @param id of an analysis that is done
     * @param analysis what was analysed
     * @param instrument which
     * @return its colours
     * @throws pregao.webapi.problem.ProblemException 404 where it is not among them
     */
    public AnalyzedSeries getAnalyzedSeries(UUID id, Analysis analysis, Instrument instrument) {
        return this.analyzedSeriesRepository.find(id, analysis.timeframe(), instrument)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    /** Calls it off, or forgets it. */
    boolean cancelOrDelete(UUID id, UUID userId) {
        return this.jobService.cancelOrDelete(id, userId, AnalysisJobHandler.KIND);
    }

    private AnalysisResult.@Nullable Summary findSummary(Job job, @Nullable LiveState liveState) {
        if (liveState != null) {
            return loadResult(job, liveState).summary();
        }
        return (job.summary() != null) ? this.jsonMapper.readValue(job.summary(), AnalysisResult.Summary.class) : null;
    }

    /** Of one that is kept up to date, they are those of its colours as they are now. */
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
        // What changed while it was read belongs to a later version.
        LiveState currentState = findLiveStates(job.person()).get(job.id());
        if (currentState != null && currentState.version() == liveState.version()) {
            this.cache.putAll(Map.of(key, this.jsonMapper.writeValueAsString(result).getBytes(StandardCharsets.UTF_8)));
        }
        return result;
    }

    /** Those of which the numbers are not the first ones any more. */
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
     * That an analysis was kept up to date.
     *
     * @param version counts the changes
     * @param goesOn whether it still is
     */
    private record LiveState(long version, boolean goesOn) {

    }

}
