package pregao.session.broker.api;

/**
 * Which way an option bets.
 */
public enum Direction {

    /** Above the strike. */
    CALL,
    /** Below the strike. */
    PUT

}
