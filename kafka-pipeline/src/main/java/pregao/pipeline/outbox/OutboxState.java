package pregao.pipeline.outbox;

/**
 * The state of an outbox.
 *
 * @param waiting the number of rows that wait to be published
 * @param setAside the number of rows that failed too often
 * @param age the age of the oldest waiting row, in seconds
 */
public record OutboxState(long waiting, long setAside, double age) {

    /** An outbox without rows. */
    public static final OutboxState EMPTY = new OutboxState(0, 0, 0);

}
