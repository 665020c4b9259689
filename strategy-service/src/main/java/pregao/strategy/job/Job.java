package pregao.strategy.job;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A long-running job that a user requested.
 *
 * @param id the id of the job
 * @param person the id of the user who requested it
 * @param kind the kind of work, which selects the {@link JobHandler}
 * @param request the request as JSON
 * @param state the state of the job
 * @param stage the current stage in one word; may be empty
 * @param done the number of completed units
 * @param total the number of units in total; 0 while it is unknown
 * @param summary the short result as JSON; null until the job is done
 * @param failure the reason of a failure, in words for the user; null without a failure
 * @param createdAt the time of the request
 * @param startedAt the time of the first start; null if the job has not started
 * @param endedAt the time of the end; null if the job has not ended
 */
public record Job(UUID id, UUID person, String kind, String request, State state, String stage, long done, long total,
        @Nullable String summary, @Nullable String failure, Instant createdAt, @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** The state of a job. */
    public enum State {

        /** No replica works on the job yet. */
        WAITING,
        /** A replica works on the job. */
        RUNNING,
        /** The job has a result. */
        DONE,
        /** The job has a failure. */
        FAILED,
        /** The job was cancelled. */
        CANCELLED;

        /**
         * Returns whether the job has not ended yet.
         * @return true if the job waits or runs
         */
        public boolean isOpen() {
            return this == WAITING || this == RUNNING;
        }

    }

}
