package pregao.session.broker.api;

/**
 * Which way an amount goes.
 */
public enum Side {

    /** Into the account. */
    BUY,
    /** Out of the account. */
    SELL

}
