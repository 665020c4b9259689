package pregao.strategy.job;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table of jobs, as those see it who do them: each is one replica's, and whoever is
 * silent loses it. People take turns: the next is the oldest job of the person whose last
 * one was begun the longest ago. Where none of theirs is known any more, the job counts
 * from when it was asked for, so that nobody comes first by forgetting what is done.
 */
@Component
class JobRepository {

    /** So often a job is begun; one that kills its replicas must end. */
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

    private static final String GIVEN_UP = """
            update strategy.job set state = 'failed', ended_at = :now,
              failure = 'It was begun several times and never came to its end'
            where state = 'running' and tries >= :tries and beat_at < :dead""";

    private static final String BEAT = """
            update strategy.job set beat_at = :now, stage = :stage, done = :done, total = :total
            where id = :id and worker = :worker and state = 'running'""";

    private static final String END = """
            update strategy.job set state = :state, ended_at = :now, summary = cast(:summary as jsonb),
              result = cast(:result as jsonb), failure = :failure, done = total
            where id = :id and worker = :worker and state = 'running'""";

    private final UUID worker = UUID.randomUUID();

    private final JdbcClient database;

    private final JobProperties settings;

    private final Clock clock;

    JobRepository(JdbcClient database, JobProperties settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    Optional<Job> next(Collection<String> kinds) {
        Instant now = this.clock.instant();
        Instant dead = now.minus(this.settings.heartbeatTimeout());
        this.database.sql(GIVEN_UP)
            .param("now", JobService.at(now))
            .param("tries", MAX_ATTEMPTS)
            .param("dead", JobService.at(dead))
            .update();
        return this.database.sql(CLAIM)
            .param("worker", this.worker)
            .param("now", JobService.at(now))
            .param("kinds", kinds.toArray(String[]::new))
            .param("tries", MAX_ATTEMPTS)
            .param("dead", JobService.at(dead))
            .query(JobService::row)
            .optional();
    }

    /** Whether it is still ours. */
    boolean beat(UUID id, String stage, long done, long total) {
        return this.database.sql(BEAT)
            .param("now", JobService.at(this.clock.instant()))
            .param("stage", stage)
            .param("done", done)
            .param("total", total)
            .param("id", id)
            .param("worker", this.worker)
            .update() == 1;
    }

    void finished(UUID id, JobHandler.Finished finished) {
        end(id, "done", finished.summary(), finished.result(), null);
    }

    void failed(UUID id, String failure) {
        end(id, "failed", null, null, failure);
    }

    /** Lets somebody else begin it anew, as this replica ends. */
    void release(UUID id) {
        this.database
            .sql("update strategy.job set state = 'waiting', tries = tries - 1 where id = :id and worker = :worker "
                    + "and state = 'running'")
            .param("id", id)
            .param("worker", this.worker)
            .update();
    }

    private void end(UUID id, String state, @org.jspecify.annotations.Nullable String summary,
            @org.jspecify.annotations.Nullable String result, @org.jspecify.annotations.Nullable String failure) {
        this.database.sql(END)
            .param("state", state)
            .param("now", JobService.at(this.clock.instant()))
            .param("summary", summary)
            .param("result", result)
            .param("failure", failure)
            .param("id", id)
            .param("worker", this.worker)
            .update();
    }

}
