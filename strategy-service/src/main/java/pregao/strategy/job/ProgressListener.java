package pregao.strategy.job;

/**
 * How far a job is. To be used by several threads at once.
 */
public interface ProgressListener {

    /**
     * Tells how far it is; written down twice a second at most, so it costs little.
     * @param stage what is being done, in a word
     * @param done how much is done
     * @param total of how much
     * @throws JobHandler.JobCancelledException where it is to end
     */
    void at(String stage, long done, long total);

    /** Nobody listens, and it always goes on: for tests and for what is quick. */
    ProgressListener NONE = (stage, done, total) -> {
    };

}
