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

    private final JobService jobs;

    private final JdbcClient database;

    private final AnalyzedSeriesRepository table;

    private final TwoLevelCache shelf;

    private final JsonMapper json;

    AnalysisService(JobService jobs, JdbcClient database, TwoLevelCache shelf, JsonMapper json) {
        this.jobs = jobs;
        this.database = database;
        this.table = new AnalyzedSeriesRepository(database);
        this.shelf = shelf;
        this.json = json;
    }

    /**
     * Notes what somebody wants to have analysed.
     * @param id a new one, or that of an earlier analysis, which is then the answer
     * @param person who
     * @param analysis what
     * @param all whether all instruments of a feed are meant, of which there may be more
     * now
     * @return how it stands
     * @throws pregao.webapi.problem.ProblemException 422 where the earlier one is
     * another, 429 where too many are open
     */
    AnalysisResponse add(UUID id, UUID person, Analysis analysis, boolean all) {
        Job job = this.jobs.add(id, person, AnalysisJobHandler.KIND, this.json.writeValueAsString(analysis));
        Analysis noted = read(job);
        if (!noted.equals(all ? analysis.with(noted.instruments()) : analysis)) {
            throw ProblemDefinition.keyReused().asException();
        }
        return AnalysisResponse.of(job, noted, false, null);
    }

    /**
     * Somebody's analyses.
     * @param person whose
     * @param most how many at most
     * @return the newest first
     */
    List<AnalysisResponse> of(UUID person, int most) {
        Map<UUID, LiveState> live = live(person);
        return this.jobs.of(person, AnalysisJobHandler.KIND, most)
            .stream()
            .map((job) -> AnalysisResponse.of(job, read(job), goesOn(live.get(job.id())),
                    summary(job, live.get(job.id()))))
            .toList();
    }

    /**
     * One of somebody's analyses with all that came of it.
     * @param id which
     * @param person whose
     * @return empty where it is none of theirs
     */
    Optional<AnalysisResponse.AnalysisDetailResponse> find(UUID id, UUID person) {
        return this.jobs.find(id, person, AnalysisJobHandler.KIND).map((job) -> {
            Map<UUID, LiveState> live = live(person);
            AnalysisResult findings = (job.state() == Job.State.DONE) ? findings(job, live.get(id)) : null;
            return new AnalysisResponse.AnalysisDetailResponse(AnalysisResponse.of(job, read(job), goesOn(live.get(id)),
                    (findings != null) ? findings.summary() : null), findings);
        });
    }

    /**
     * An analysis that is done.
     * @param id which
     * @param person whose
     * @return what was analysed
     * @throws pregao.webapi.problem.ProblemException 404 where it is none of theirs, 409
     * where it is not done
     */
    public Analysis done(UUID id, UUID person) {
        Job job = this.jobs.find(id, person, AnalysisJobHandler.KIND)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
        if (job.state() != Job.State.DONE) {
            throw ProblemDefinition.conflict("not-done", "The analysis has no result").asException();
        }
        return read(job);
    }

    /**
     * What an analysis looked at of one instrument.
     * @param id of an analysis that is done
     * @param analysis what was analysed
     * @param instrument which
     * @return its colours
     * @throws pregao.webapi.problem.ProblemException 404 where it is not among them
     */
    public AnalyzedSeries looked(UUID id, Analysis analysis, Instrument instrument) {
        return this.table.of(id, analysis.timeframe(), instrument)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    /** Calls it off, or forgets it. */
    boolean cancel(UUID id, UUID person) {
        return this.jobs.cancel(id, person, AnalysisJobHandler.KIND);
    }

    private AnalysisResult.@Nullable Summary summary(Job job, @Nullable LiveState live) {
        if (live != null) {
            return findings(job, live).summary();
        }
        return (job.summary() != null) ? this.json.readValue(job.summary(), AnalysisResult.Summary.class) : null;
    }

    /** Of one that is kept up to date, they are those of its colours as they are now. */
    private AnalysisResult findings(Job job, @Nullable LiveState live) {
        if (live == null) {
            return this.json.readValue(this.jobs.result(job.id(), job.person()).orElseThrow(), AnalysisResult.class);
        }
        String key = "findings:%s:%d".formatted(job.id(), live.version());
        byte[] known = this.shelf.find(List.of(key)).get(key);
        if (known != null) {
            return this.json.readValue(known, AnalysisResult.class);
        }
        Analysis analysis = read(job);
        AnalysisResult now = AnalysisResult.of(analysis, this.table.of(job.id(), analysis.timeframe()), Set.of());
        // What changed while it was read belongs to a later version.
        LiveState after = live(job.person()).get(job.id());
        if (after != null && after.version() == live.version()) {
            this.shelf.keep(Map.of(key, this.json.writeValueAsString(now).getBytes(StandardCharsets.UTF_8)));
        }
        return now;
    }

    /** Those of which the numbers are not the first ones any more. */
    private Map<UUID, LiveState> live(UUID person) {
        Map<UUID, LiveState> live = new HashMap<>();
        this.database.sql("select job, version, until is null from strategy.catalog_live where person = :person")
            .param("person", person)
            .query((row) -> {
                live.put(row.getObject(1, UUID.class), new LiveState(row.getLong(2), row.getBoolean(3)));
            });
        return live;
    }

    private Analysis read(Job job) {
        return this.json.readValue(job.request(), Analysis.class);
    }

    private static boolean goesOn(@Nullable LiveState live) {
        return live != null && live.goesOn();
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
