package pregao.simulator.polarium;

/**
 * How the broker treats whoever logs in.
 */
public enum AccountKind {

    /** The password is enough. */
    PLAIN,
    /** A code sent by sms is wanted too. */
    TWO_FACTOR,
    /** Too many logins: wait for ten minutes. */
    RATE_LIMITED,
    /** The address is not let in at all. */
    FORBIDDEN

}
