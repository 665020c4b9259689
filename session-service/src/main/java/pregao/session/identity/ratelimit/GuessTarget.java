package pregao.session.identity.ratelimit;

/**
 * What somebody who does not know it could guess. Each is counted on its own, so that who
 * can only guess at one of them slows nobody down at another.
 */
public enum GuessTarget {

    /** A password, at a login: anybody can. */
    LOGIN,
    /** A password, by who is logged in. */
    PASSWORD,
    /** A code of an app or a recovery code, by who knows the password or is logged in. */
    CODE

}
