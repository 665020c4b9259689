package pregao.pipeline.outbox;

/**
 * How full an outbox is.
 *
 * @param waiting rows that are to be published
 * @param setAside rows that failed too often
 * @param age of the oldest waiting row, in seconds
 */
public record OutboxState(long waiting, long setAside, double age) {

    /** An outbox without rows. */
    public static final OutboxState EMPTY = new OutboxState(0, 0, 0);

}
