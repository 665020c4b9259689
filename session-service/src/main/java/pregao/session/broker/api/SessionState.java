package pregao.session.broker.api;

/**
 * How a session is.
 */
public enum SessionState {

    /** Not there yet, or again on the way. */
    CONNECTING,
    /** Everything works. */
    OPEN,
    /** The broker does not accept the token any more; for good. */
    SIGNED_OUT,
    /** Closed by us; for good. */
    CLOSED;

    /**
     * Whether nothing follows.
     * @return true at the end
     */
    public boolean isFinal() {
        return this == SIGNED_OUT || this == CLOSED;
    }

}
