package pregao.strategy.catalog.live;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.strategy.catalog.Analysis;
import pregao.strategy.database.AdvisoryLock;

/**
 * Reads and writes the table {@code strategy.catalog_live}, which lists the live
 * analyses.
 */
final class LiveAnalysisRepository {

    private static final Logger log = LoggerFactory.getLogger(LiveAnalysisRepository.class);

    private final JdbcClient database;

    LiveAnalysisRepository(JdbcClient database) {
        this.database = database;
    }

    /**
     * Counts the other live analyses. The counts stay valid until the end of the
     * transaction.
     */
    LiveAnalysisCounts countOthers(UUID jobId, UUID userId) {
        AdvisoryLock.LIVE_ANALYSES.lock(this.database, "all");
        return this.database.sql("""
                select count(*) filter (where person = :person), count(*) from strategy.catalog_live
                where until is null and job <> :job""")
            .param("person", userId)
            .param("job", jobId)
            .query((row, rowNumber) -> new LiveAnalysisCounts(row.getInt(1), row.getLong(2)))
            .single();
    }

    /** Makes an analysis live. */
    void enable(UUID jobId, UUID userId, Clock clock) {
        this.database.sql("""
                insert into strategy.catalog_live (job, person, since) values (:job, :person, :now)
                on conflict (job) do update set since = excluded.since, until = null""")
            .param("job", jobId)
            .param("person", userId)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    }

    /** Ends the updates of an analysis. Returns false if it was not live. */
    boolean disable(UUID jobId, UUID userId, Clock clock) {
        return this.database.sql(
                "update strategy.catalog_live set until = :now where job = :job and person = :person and until is null")
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("job", jobId)
            .param("person", userId)
            .update() > 0;
    }

    /** Returns a token that changes whenever the set of live analyses changes. */
    String findStateToken() {
        return this.database.sql(
                "select count(*) || ' ' || coalesce(max(since)::text, '') from strategy.catalog_live where until is null")
            .query(String.class)
            .single();
    }

    /** Returns all live analyses by instrument. */
    Map<Instrument, List<LiveAnalysis>> findAllByInstrument(JsonMapper jsonMapper) {
        Map<UUID, LiveAnalysis> analyses = new HashMap<>();
        this.database.sql("""
                select l.job, l.person, j.request from strategy.catalog_live l join strategy.job j on j.id = l.job
                where l.until is null""").query((row) -> {
            UUID jobId = row.getObject(1, UUID.class);
            try {
                analyses.put(jobId, LiveAnalysis.of(jobId, row.getObject(2, UUID.class),
                        jsonMapper.readValue(row.getString(3), Analysis.class)));
            }
            catch (JacksonException ex) {
                // An analysis that this version cannot read must not stop the others.
                log.warn("analysis {} cannot be read and is not kept up to date: {}", jobId, ex.getMessage());
            }
        });
        Map<Instrument, List<LiveAnalysis>> byInstrument = new HashMap<>();
        analyses.values()
            .forEach((liveAnalysis) -> liveAnalysis.analysis()
                .instruments()
                .forEach((instrument) -> byInstrument.computeIfAbsent(instrument, (key) -> new ArrayList<>())
                    .add(liveAnalysis)));
        return byInstrument;
    }

    /** Records that the result of an analysis has changed. */
    void incrementVersion(UUID jobId) {
        this.database.sql("update strategy.catalog_live set version = version + 1 where job = :job")
            .param("job", jobId)
            .update();
    }

    /**
     * The numbers of other live analyses.
     *
     * @param own the live analyses of the same user
     * @param all the live analyses of all users
     */
    record LiveAnalysisCounts(int own, long all) {

    }

}
