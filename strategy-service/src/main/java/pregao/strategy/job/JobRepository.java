package pregao.strategy.job;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads and writes the jobs table on behalf of the workers. A job belongs to one replica,
 * which loses it if it sends no heartbeat in time. Scheduling is fair among users: the
 * next job is the oldest one of the user whose latest start is the longest ago. For a
 * user without a started job, the creation time of the job counts instead, so that
 * deleting old jobs gives no advantage.
 */
@Component
class JobRepository {

    /**
     * The number of times a job is started, so that a job that crashes its replicas ends.
     */
    static final int MAX_ATTEMPTS = 3;

    private static final String CLAIM = """
            update strategy.job set state = 'running', worker = :worker, beat_at = :now, tries = tries + 1,
              started_at = coalesce(started_at, :now)
            where id = (
              select id from strategy.job j
              where kind = any(:kinds) and tries < :tries
                and (state = 'waiting' or (state = 'running' and beat_at < :dead))
              order by coalesce((select max(b.started_at) from strategy.job b where b.person = j.person), created_at),
                created_at
              limit 1 for update skip locked)
            returning\s""" + JobService.COLUMNS;

    private static final String FAIL_ABANDONED = """
            update strategy.job set state = 'failed', ended_at = :now,
              failure = 'It was begun several times and never came to its end'
            where state = 'running' and tries >= :tries and beat_at < :dead""";

    private static final String HEARTBEAT = """
            update strategy.job set beat_at = :now, stage = :stage, done = :done, total = :total
            where id = :id and worker = :worker and state = 'running'""";

    private static final String COMPLETE = """
            update strategy.job set state = :state, ended_at = :now, summary = cast(:summary as jsonb),
              result = cast(:result as jsonb), failure = :failure, done = total
            where id = :id and worker = :worker and state = 'running'""";

    private final UUID workerId = UUID.randomUUID();

    private final JdbcClient database;

    private final JobProperties properties;

    private final Clock clock;

    JobRepository(JdbcClient database, JobProperties properties, Clock clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    Optional<Job> claimNext(Collection<String> kinds) {
        Instant now = this.clock.instant();
        Instant heartbeatDeadline = now.minus(this.properties.heartbeatTimeout());
        this.database.sql(FAIL_ABANDONED)
            .param("now", JobService.toOffsetDateTime(now))
            .param("tries", MAX_ATTEMPTS)
            .param("dead", JobService.toOffsetDateTime(heartbeatDeadline))
            .update();
        return this.database.sql(CLAIM)
            .param("worker", this.workerId)
            .param("now", JobService.toOffsetDateTime(now))
            .param("kinds", kinds.toArray(String[]::new))
            .param("tries", MAX_ATTEMPTS)
            .param("dead", JobService.toOffsetDateTime(heartbeatDeadline))
            .query(JobService::mapRow)
            .optional();
    }

    /**
     * Stores the progress of a job. Returns false if the job does not belong to this
     * replica any more.
     */
    boolean heartbeat(UUID id, String stage, long done, long total) {
        return this.database.sql(HEARTBEAT)
            .param("now", JobService.toOffsetDateTime(this.clock.instant()))
            .param("stage", stage)
            .param("done", done)
            .param("total", total)
            .param("id", id)
            .param("worker", this.workerId)
            .update() == 1;
    }

    void markDone(UUID id, JobHandler.Finished result) {
        complete(id, "done", result.summary(), result.result(), null);
    }

    void markFailed(UUID id, String failure) {
        complete(id, "failed", null, null, failure);
    }

    /**
     * Returns a job to the queue because this replica shuts down. The attempt does not
     * count.
     */
    void release(UUID id) {
        this.database
            .sql("update strategy.job set state = 'waiting', tries = tries - 1 where id = :id and worker = :worker "
                    + "and state = 'running'")
            .param("id", id)
            .param("worker", this.workerId)
            .update();
    }

    private void complete(UUID id, String state, @Nullable String summary, @Nullable String result,
            @Nullable String failure) {
        this.database.sql(COMPLETE)
            .param("state", state)
            .param("now", JobService.toOffsetDateTime(this.clock.instant()))
            .param("summary", summary)
            .param("result", result)
            .param("failure", failure)
            .param("id", id)
            .param("worker", this.workerId)
            .update();
    }

}
