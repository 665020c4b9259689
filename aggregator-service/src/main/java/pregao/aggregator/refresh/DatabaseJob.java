package pregao.aggregator.refresh;

import org.jspecify.annotations.Nullable;

/**
 * A background job of TimescaleDB that maintains the market schema, and its last result.
 *
 * @param id the ID of the job
 * @param procedure the procedure that it runs, such as {@code policy_compression}
 * @param relation the relation that it maintains, such as {@code candle}
 * @param state the state of the job
 * @param failures the number of failed runs
 * @param error the last error; null if none is known
 */
record DatabaseJob(int id, String procedure, String relation, State state, long failures, @Nullable String error) {

    boolean isHealthy() {
        return this.state == State.WELL;
    }

    /** The state of a job. */
    enum State {

        /** The last run succeeded, or the first run is still to come. */
        WELL,
        /** The last run failed. */
        FAILED,
        /** The next run should have started minutes ago. */
        OVERDUE

    }

}
