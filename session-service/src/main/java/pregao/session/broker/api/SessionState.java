package pregao.session.broker.api;

/**
 * The state of a session.
 */
public enum SessionState {

    /** The session is connecting for the first time, or reconnecting. */
    CONNECTING,
    /** The session is usable. */
    OPEN,
    /** The broker no longer accepts the token; final. */
    SIGNED_OUT,
    /** The session was closed by us; final. */
    CLOSED;

    /**
     * Returns whether no other state follows.
     * @return true if the state is final
     */
    public boolean isFinal() {
        return this == SIGNED_OUT || this == CLOSED;
    }

}
