package pregao.strategy.job;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Long work that somebody asked for.
 *
 * @param id by which it is named
 * @param person who asked
 * @param kind of work
 * @param request what was asked for, as JSON
 * @param state how it stands
 * @param stage what is being done, in a word; may be empty
 * @param done how much is done
 * @param total of how much; 0 while nobody knows
 * @param summary what came of it in short, as JSON
 * @param failure why it failed, in words for who asked
 * @param createdAt when it was asked for
 * @param startedAt when it began
 * @param endedAt when it ended
 */
public record Job(UUID id, UUID person, String kind, String request, State state, String stage, long done, long total,
        @Nullable String summary, @Nullable String failure, Instant createdAt, @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /**
     * How it stands.
     */
    public enum State {

        /** Nobody works on it yet. */
        WAITING,
        /** Somebody works on it. */
        RUNNING,
        /** It has a result. */
        DONE,
        /** It has a failure. */
        FAILED,
        /** It was called off. */
        CANCELLED;

        /**
         * Whether it goes on.
         * @return true until it has ended
         */
        public boolean isOpen() {
            return this == WAITING || this == RUNNING;
        }

    }

}
