package pregao.session.broker.api;

/**
 * What is asked at the last moment before an order is written to a broker.
 */
@FunctionalInterface
public interface OwnershipCheck {

    /**
     * Whether this process still speaks for the account.
     * @return false where it must not send
     */
    boolean isOwner();

}
