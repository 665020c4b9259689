package pregao.aggregator.refresh;

import org.jspecify.annotations.Nullable;

/**
 * A background job of TimescaleDB's that keeps the market schema, and how it went last.
 *
 * @param id its number
 * @param procedure what it runs, such as {@code policy_compression}
 * @param relation what it keeps, such as {@code candle}
 * @param state how it went last
 * @param failures how many of its runs failed
 * @param error the last error; null where none is known
 */
record DatabaseJob(int id, String procedure, String relation, State state, long failures, @Nullable String error) {

    boolean isHealthy() {
        return this.state == State.WELL;
    }

    /** How a job is. */
    enum State {

        /** Its last run succeeded, or its first one is still to come. */
        WELL,
        /** Its last run failed. */
        FAILED,
        /** It should have begun minutes ago. */
        OVERDUE

    }

}
