package pregao.session.broker.api;

/**
 * The direction of an option.
 */
public enum Direction {

    /** The price ends above the strike. */
    CALL,
    /** The price ends below the strike. */
    PUT

}
