package pregao.strategy.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import pregao.strategy.database.AdvisoryLock;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Creates, reads and cancels jobs on behalf of their users.
 */
@Component
public class JobService {

    static final String COLUMNS = "id, person, kind, request, state, stage, done, total, summary, failure, created_at, "
            + "started_at, ended_at";

    private static final String SELECT = "select " + COLUMNS + " from strategy.job where ";

    private static final String INSERT = """
            insert into strategy.job (id, person, kind, request, state, created_at)
            values (:id, :person, :kind, cast(:request as jsonb), 'waiting', :now)""";

    private static final String COUNT_OPEN = """
            select count(*) filter (where person = :person), count(*) from strategy.job
            where state in ('waiting', 'running')""";

    private static final String DELETE_OLD = """
            delete from strategy.job where id in (
              select id from strategy.job where person = :person and kind = :kind and state not in ('waiting', 'running')
              order by created_at desc offset :kept)""";

    private final JdbcClient database;

    private final JobProperties properties;

    private final JobWakeUp wakeUp;

    private final Clock clock;

    JobService(JdbcClient database, JobProperties properties, JobWakeUp wakeUp, Clock clock) {
        this.database = database;
        this.properties = properties;
        this.wakeUp = wakeUp;
        this.clock = clock;
    }

    /**
     * Creates a job. It starts as soon as a thread of a replica is free.
     * @param id a new id, or the id of an earlier job, which is then returned unchanged
     * @param userId the id of the user
     * @param kind the kind of job
     * @param request the request as JSON
     * @return the new or earlier job
     * @throws pregao.webapi.problem.ProblemException 429 if the user has too many open
     * jobs, 503 if all users together have too many
     */
    @Transactional
    public Job submit(UUID id, UUID userId, String kind, String request) {
        AdvisoryLock.JOBS.lock(this.database, "all");
        Optional<Job> existingJob = find(id, userId, kind);
        if (existingJob.isPresent()) {
            return existingJob.get();
        }
        checkCapacity(userId);
        this.database.sql(INSERT)
            .param("id", id)
            .param("person", userId)
            .param("kind", kind)
            .param("request", request)
            .param("now", toOffsetDateTime(this.clock.instant()))
            .update();
        this.database.sql(DELETE_OLD)
            .param("person", userId)
            .param("kind", kind)
            .param("kept", this.properties.retainedPerUser())
            .update();
        this.wakeUp.signalAfterCommit();
        return find(id, userId, kind).orElseThrow();
    }

    private void checkCapacity(UUID userId) {
        OpenJobCounts openJobs = this.database.sql(COUNT_OPEN)
            .param("person", userId)
            .query((row, rowNumber) -> new OpenJobCounts(row.getLong(1), row.getLong(2)))
            .single();
        if (openJobs.all() >= this.properties.maxTotal()) {
            throw ProblemDefinition.unavailable("Too many analyses and backtests wait, of everybody").asException();
        }
        if (openJobs.own() >= FairShare.compute(this.properties.maxPerUser(), this.properties.maxTotal(),
                openJobs.all())) {
            throw ProblemDefinition.tooManyAttempts(Duration.ofSeconds(5)).asException();
        }
    }

    /**
     * Returns a job of a user.
     * @param id the id of the job
     * @param userId the id of the user
     * @param kind the kind of job
     * @return the job, or empty if the user has no such job
     */
    public Optional<Job> find(UUID id, UUID userId, String kind) {
        return this.database.sql(SELECT + "id = :id and person = :person and kind = :kind")
            .param("id", id)
            .param("person", userId)
            .param("kind", kind)
            .query(JobService::mapRow)
            .optional();
    }

    /**
     * Returns the jobs of a user.
     * @param userId the id of the user
     * @param kind the kind of job
     * @param maxItems the maximum number of jobs to return
     * @return the jobs, newest first
     */
    public List<Job> findAll(UUID userId, String kind, int maxItems) {
        return this.database.sql(SELECT + "person = :person and kind = :kind order by created_at desc limit :most")
            .param("person", userId)
            .param("kind", kind)
            .param("most", maxItems)
            .query(JobService::mapRow)
            .list();
    }

    /**
     * Returns the result of a job.
     * @param id the id of the job
     * @param userId the id of the user
     * @return the result as JSON, or empty if there is none or the user has no such job
     */
    public Optional<String> findResult(UUID id, UUID userId) {
        return this.database
            .sql("select result from strategy.job where id = :id and person = :person and result is not null")
            .param("id", id)
            .param("person", userId)
            .query(String.class)
            .optional();
    }

    /**
     * Cancels an open job, or deletes a job that has ended.
     * @param id the id of the job
     * @param userId the id of the user
     * @param kind the kind of job
     * @return whether the user had such a job
     */
    @Transactional
    public boolean cancelOrDelete(UUID id, UUID userId, String kind) {
        int cancelledRows = this.database.sql("""
                update strategy.job set state = 'cancelled', ended_at = :now
                where id = :id and person = :person and kind = :kind and state in ('waiting', 'running')""")
            .param("now", toOffsetDateTime(this.clock.instant()))
            .param("id", id)
            .param("person", userId)
            .param("kind", kind)
            .update();
        return cancelledRows > 0
                || this.database.sql("delete from strategy.job where id = :id and person = :person and kind = :kind")
                    .param("id", id)
                    .param("person", userId)
                    .param("kind", kind)
                    .update() > 0;
    }

    static OffsetDateTime toOffsetDateTime(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Job mapRow(ResultSet row, int rowNumber) throws SQLException {
        return new Job(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3), row.getString(4),
                Job.State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)), row.getString(6), row.getLong(7),
                row.getLong(8), row.getString(9), row.getString(10), row.getTimestamp(11).toInstant(),
                toInstant(row.getTimestamp(12)), toInstant(row.getTimestamp(13)));
    }

    private static @Nullable Instant toInstant(@Nullable Timestamp timestamp) {
        return (timestamp != null) ? timestamp.toInstant() : null;
    }

    /**
     * The numbers of open jobs.
     *
     * @param own the open jobs of one user
     * @param all the open jobs of all users
     */
    private record OpenJobCounts(long own, long all) {

    }

}
