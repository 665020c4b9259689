package pregao.session.broker.api;

/**
 * A check immediately before an order is sent to a broker.
 */
@FunctionalInterface
public interface OwnershipCheck {

    /**
     * Returns whether this process still owns the account.
     * @return false if it must not send the order
     */
    boolean isOwner();

}
