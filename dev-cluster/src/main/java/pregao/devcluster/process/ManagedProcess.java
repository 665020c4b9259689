package pregao.devcluster.process;

/**
 * A part of the stack that was started.
 */
public interface ManagedProcess extends AutoCloseable {

    /**
     * The process.
     * @return its id
     */
    long pid();

    /**
     * Whether the process runs.
     * @return false once it ended
     */
    boolean isAlive();

    /**
     * Whether it can be used.
     * @return true once it answers that it is ready
     */
    default boolean isReady() {
        return isAlive();
    }

    /**
     * How its process ended.
     * @return such as {@code with exit code 1}, or empty while it runs
     */
    default String ending() {
        return "";
    }

    /**
     * Whether an earlier supervisor started it.
     * @return false where this one did
     */
    default boolean isAdopted() {
        return false;
    }

    /**
     * The end of its log, for messages.
     * @return some lines
     */
    String tail();

    /**
     * Ends it in order.
     */
    @Override
    void close();

}
