package pregao.strategy.job;

/**
 * Executes one kind of job.
 */
public interface JobHandler {

    /**
     * Returns the kind of job that this handler executes.
     * @return the kind, such as {@code catalog}
     */
    String kind();

    /**
     * Executes a job. If a replica dies, another one calls this method again, from the
     * beginning.
     * @param job the job to execute
     * @param progress takes progress reports and throws if the job has to stop
     * @return the result of the job
     * @throws JobRejectedException if the job cannot be executed; the message is shown to
     * the user
     * @throws JobCancelledException if the job was cancelled
     */
    Finished run(Job job, ProgressListener progress);

    /**
     * The result of a job.
     *
     * @param summary the short result for lists, as JSON
     * @param result the full result, as JSON
     */
    record Finished(String summary, String result) {

    }

    /** Thrown if a job cannot be executed and a retry does not help. */
    final class JobRejectedException extends RuntimeException {

        public JobRejectedException(String message) {
            super(message);
        }

    }

    /** Thrown if a job was cancelled, or if another replica works on it now. */
    final class JobCancelledException extends RuntimeException {

        public JobCancelledException(String message) {
            super(message, null, false, false);
        }

    }

}
