package pregao.session.identity.ratelimit;

/**
 * Credential that an attacker could guess. Attempts are counted separately for each, so
 * that guessing one does not slow down users of another.
 */
public enum GuessTarget {

    /** A password at a login, which anyone can guess. */
    LOGIN,
    /** A password in a reauthentication, which a logged-in client can guess. */
    PASSWORD,
    /**
     * A TOTP or recovery code, which a client that knows the password or is logged in can
     * guess.
     */
    CODE

}
