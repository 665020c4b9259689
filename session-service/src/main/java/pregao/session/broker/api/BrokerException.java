package pregao.session.broker.api;

/**
 * A question that a broker did not answer.
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
     * The kind of reason.
     * @return why
     */
    public Kind kind() {
        return this.kind;
    }

    /**
     * The broker's number of the reason.
     * @return 0 where it gave none
     */
    public int status() {
        return this.status;
    }

    /**
     * Whether the same question may be answered later.
     * @return true where it was the connection, not the question
     */
    public boolean isTransient() {
        return switch (this.kind) {
            case NOT_CONNECTED, LOST, TIMED_OUT -> true;
            default -> false;
        };
    }

    /**
     * Kinds of reasons.
     */
    public enum Kind {

        /** There was no connection, so nothing was sent. */
        NOT_CONNECTED,
        /** It was not sent, as another process speaks for the account. */
        NOT_OWNER,
        /** It was not sent, as it would have been too late. */
        TOO_LATE,
        /** The connection was lost before an answer. */
        LOST,
        /** There was no answer in time. */
        TIMED_OUT,
        /** The broker said no. */
        REFUSED,
        /** Nothing of this name is traded. */
        NO_SUCH_SYMBOL

    }

}
