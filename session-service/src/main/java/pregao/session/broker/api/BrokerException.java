package pregao.session.broker.api;

/**
 * A request to a broker that failed.
 */
@SuppressWarnings("serial")
public class BrokerException extends RuntimeException {

    private final Kind kind;

    private final int status;

    public BrokerException(Kind kind, String message) {
        this(kind, 0, message);
    }

    public BrokerException(Kind kind, int status, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.status = status;
    }

    /**
     * Returns the kind of failure.
     * @return the kind
     */
    public Kind kind() {
        return this.kind;
    }

    /**
     * Returns the broker's status code.
     * @return the status code, or 0 if the broker gave none
     */
    public int status() {
        return this.status;
    }

    /**
     * Returns whether the same request may succeed later.
     * @return true if the connection failed, not the request
     */
    public boolean isTransient() {
        return switch (this.kind) {
            case NOT_CONNECTED, LOST, TIMED_OUT -> true;
            default -> false;
        };
    }

    /**
     * The kind of failure.
     */
    public enum Kind {

        /** There was no connection, so nothing was sent. */
        NOT_CONNECTED,
        /** The request was not sent, because another process owns the account. */
        NOT_OWNER,
        /** The request was not sent, because it would have been too late. */
        TOO_LATE,
        /** The connection was lost before a response arrived. */
        LOST,
        /** No response arrived within the timeout. */
        TIMED_OUT,
        /** The broker rejected the request. */
        REFUSED,
        /** The broker has no instrument with this symbol. */
        NO_SUCH_SYMBOL

    }

}
