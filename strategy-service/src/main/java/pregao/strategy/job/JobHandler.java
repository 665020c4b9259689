package pregao.strategy.job;

/**
 * Does one kind of job.
 */
public interface JobHandler {

    /**
     * Which kind.
     * @return such as {@code catalog}
     */
    String kind();

    /**
     * Does it. It may be called again from the beginning where a replica died.
     * @param job what was asked for
     * @param progress to be told now and then, and to be asked whether to go on
     * @return what came of it
     * @throws JobRejectedException where it cannot be done, with words for who asked
     * @throws JobCancelledException where it was called off
     */
    Finished run(Job job, ProgressListener progress);

    /**
     * What came of a job.
     *
     * @param summary in short, for lists; JSON
     * @param result all of it; JSON
     */
    record Finished(String summary, String result) {

    }

    /**
     * It cannot be done, and trying again does not help.
     */
    final class JobRejectedException extends RuntimeException {

        public JobRejectedException(String message) {
            super(message);
        }

    }

    /**
     * It was called off, or somebody else works on it now.
     */
    final class JobCancelledException extends RuntimeException {

        public JobCancelledException(String message) {
            super(message, null, false, false);
        }

    }

}
