package pregao.strategy.job;

/**
 * Receives the progress of a job. Implementations are safe for use by several threads.
 */
public interface ProgressListener {

    /**
     * Reports the progress. A call is cheap, because progress is stored at most twice a
     * second.
     * @param stage the current stage in one word
     * @param done the number of completed units
     * @param total the number of units in total
     * @throws JobHandler.JobCancelledException if the job has to stop
     */
    void report(String stage, long done, long total);

    /** Ignores all reports and never stops the job: for tests and for short work. */
    ProgressListener NONE = (stage, done, total) -> {
    };

}
