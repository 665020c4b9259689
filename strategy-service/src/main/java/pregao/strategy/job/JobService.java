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
 * The table of jobs, as those see it who asked for them.
 */
@Component
public class JobService {

    static final String COLUMNS = "id, person, kind, request, state, stage, done, total, summary, failure, created_at, "
            + "started_at, ended_at";

    private static final String SELECT = "select " + COLUMNS + " from strategy.job where ";

    private static final String ADD = """
            insert into strategy.job (id, person, kind, request, state, created_at)
            values (:id, :person, :kind, cast(:request as jsonb), 'waiting', :now)""";

    private static final String OPEN = """
            select count(*) filter (where person = :person), count(*) from strategy.job
            where state in ('waiting', 'running')""";

    private static final String FORGET = """
            delete from strategy.job where id in (
              select id from strategy.job where person = :person and kind = :kind and state not in ('waiting', 'running')
              order by created_at desc offset :kept)""";

    private final JdbcClient database;

    private final JobProperties settings;

    private final JobWakeUp calls;

    private final Clock clock;

    JobService(JdbcClient database, JobProperties settings, JobWakeUp calls, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Notes what somebody asks for; it is begun as soon as a replica has a thread for it.
     * @param id a new one, or that of an earlier job, which is then the answer
     * @param person who asks
     * @param kind of work
     * @param request JSON
     * @return the job
     * @throws pregao.webapi.problem.ProblemException 429 where too many of theirs are
     * open, 503 where too many of everybody's are
     */
    @Transactional
    public Job add(UUID id, UUID person, String kind, String request) {
        AdvisoryLock.JOBS.lock(this.database, "all");
        Optional<Job> known = find(id, person, kind);
        if (known.isPresent()) {
            return known.get();
        }
        mustHaveRoom(person);
        this.database.sql(ADD)
            .param("id", id)
            .param("person", person)
            .param("kind", kind)
            .param("request", request)
            .param("now", at(this.clock.instant()))
            .update();
        this.database.sql(FORGET)
            .param("person", person)
            .param("kind", kind)
            .param("kept", this.settings.retainedPerUser())
            .update();
        this.calls.soon();
        return find(id, person, kind).orElseThrow();
    }

    private void mustHaveRoom(UUID person) {
        OpenJobCounts open = this.database.sql(OPEN)
            .param("person", person)
            .query((row, number) -> new OpenJobCounts(row.getLong(1), row.getLong(2)))
            .single();
        if (open.all() >= this.settings.maxTotal()) {
            throw ProblemDefinition.unavailable("Too many analyses and backtests wait, of everybody").asException();
        }
        if (open.own() >= FairShare.of(this.settings.maxPerUser(), this.settings.maxTotal(), open.all())) {
            throw ProblemDefinition.tooMany(Duration.ofSeconds(5)).asException();
        }
    }

    /**
     * One of somebody's jobs.
     * @param id which
     * @param person whose
     * @param kind of work
     * @return empty where it is none of theirs
     */
    public Optional<Job> find(UUID id, UUID person, String kind) {
        return this.database.sql(SELECT + "id = :id and person = :person and kind = :kind")
            .param("id", id)
            .param("person", person)
            .param("kind", kind)
            .query(JobService::row)
            .optional();
    }

    /**
     * Somebody's jobs.
     * @param person whose
     * @param kind of work
     * @param most how many at most
     * @return the newest first
     */
    public List<Job> of(UUID person, String kind, int most) {
        return this.database.sql(SELECT + "person = :person and kind = :kind order by created_at desc limit :most")
            .param("person", person)
            .param("kind", kind)
            .param("most", most)
            .query(JobService::row)
            .list();
    }

    /**
     * What came of a job.
     * @param id which
     * @param person whose
     * @return JSON; empty where there is nothing, or it is none of theirs
     */
    public Optional<String> result(UUID id, UUID person) {
        return this.database
            .sql("select result from strategy.job where id = :id and person = :person and result is not null")
            .param("id", id)
            .param("person", person)
            .query(String.class)
            .optional();
    }

    /**
     * Calls a job off, or forgets one that has ended.
     * @param id which
     * @param person whose
     * @param kind of work
     * @return whether there was one
     */
    @Transactional
    public boolean cancel(UUID id, UUID person, String kind) {
        int called = this.database.sql("""
                update strategy.job set state = 'cancelled', ended_at = :now
                where id = :id and person = :person and kind = :kind and state in ('waiting', 'running')""")
            .param("now", at(this.clock.instant()))
            .param("id", id)
            .param("person", person)
            .param("kind", kind)
            .update();
        return called > 0
                || this.database.sql("delete from strategy.job where id = :id and person = :person and kind = :kind")
                    .param("id", id)
                    .param("person", person)
                    .param("kind", kind)
                    .update() > 0;
    }

    static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    static Job row(ResultSet row, int number) throws SQLException {
        return new Job(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3), row.getString(4),
                Job.State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)), row.getString(6), row.getLong(7),
                row.getLong(8), row.getString(9), row.getString(10), row.getTimestamp(11).toInstant(),
                moment(row.getTimestamp(12)), moment(row.getTimestamp(13)));
    }

    private static @Nullable Instant moment(@Nullable Timestamp stored) {
        return (stored != null) ? stored.toInstant() : null;
    }

    /**
     * How many wait or run.
     *
     * @param own of one person
     * @param all of everybody
     */
    private record OpenJobCounts(long own, long all) {

    }

}
