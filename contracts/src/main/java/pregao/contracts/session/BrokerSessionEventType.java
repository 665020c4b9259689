package pregao.contracts.session;

import java.util.Locale;

/**
 * What can happen to a session at a broker, to its account, and to its user.
 */
public enum BrokerSessionEventType {

    /** It works from now on. */
    OPENED(SessionStateMessage.SESSION_STATE_OPENED),
    /** The connection is gone; it comes back by itself. */
    LOST(SessionStateMessage.SESSION_STATE_LOST),
    /** It was closed, and is opened again when it is needed. */
    CLOSED(SessionStateMessage.SESSION_STATE_CLOSED),
    /** The broker does not let the user in any more: they must log in there again. */
    SIGNED_OUT(SessionStateMessage.SESSION_STATE_SIGNED_OUT),
    /** The broker sent the user a code and wants it. */
    CODE_WANTED(SessionStateMessage.SESSION_STATE_CODE_WANTED),
    /** The account is not kept any more. */
    ACCOUNT_REMOVED(SessionStateMessage.SESSION_STATE_ACCOUNT_REMOVED),
    /** All that says who the user is was deleted, and their accounts before. */
    USER_ERASED(SessionStateMessage.SESSION_STATE_USER_ERASED);

    private final SessionStateMessage message;

    BrokerSessionEventType(SessionStateMessage message) {
        this.message = message;
    }

    /**
     * The form in answers.
     * @return such as {@code signed_out}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    SessionStateMessage message() {
        return this.message;
    }

    static BrokerSessionEventType of(SessionStateMessage message) {
        return switch (message) {
            case SESSION_STATE_OPENED -> OPENED;
            case SESSION_STATE_LOST -> LOST;
            case SESSION_STATE_CLOSED -> CLOSED;
            case SESSION_STATE_SIGNED_OUT -> SIGNED_OUT;
            case SESSION_STATE_CODE_WANTED -> CODE_WANTED;
            case SESSION_STATE_ACCOUNT_REMOVED -> ACCOUNT_REMOVED;
            case SESSION_STATE_USER_ERASED -> USER_ERASED;
            case SESSION_STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("unknown state");
        };
    }

}
