package pregao.session.identity.audit;

import java.util.Locale;

/**
 * What can happen that matters to security.
 */
public enum AuditEventType {

    /** Somebody is known from now on. */
    REGISTERED,
    /** Somebody wanted to register with the address of who is known already. */
    REGISTERED_AGAIN,
    /** Somebody was asked to register. */
    INVITED,
    /** A login began. */
    LOGGED_IN,
    /** A password or code was wrong, or nobody has the address. */
    LOGIN_REFUSED,
    /** A login was ended. */
    LOGIN_ENDED,
    /** A refresh token came a second time, so its login was ended. */
    REFRESH_REUSED,
    /** Another password holds. */
    PASSWORD_CHANGED,
    /** An admin made a link to set another password. */
    PASSWORD_RESET_MADE,
    /** Codes are asked for from now on. */
    TOTP_ON,
    /** Codes are not asked for any more. */
    TOTP_OFF,
    /** One of the recovery codes was used up. */
    RECOVERY_CODE_USED,
    /** Somebody has other roles. */
    ROLES_CHANGED,
    /** Personal data is gone. */
    ERASED,
    /** There is another API key. */
    KEY_MADE,
    /** An API key is good for nothing any more. */
    KEY_REVOKED,
    /** There is another feed, or its settings are others. */
    FEED_SET,
    /** Somebody was let into an account at a broker. */
    BROKER_CONNECTED,
    /** An account at a broker is not kept any more. */
    BROKER_DELETED,
    /** Orders with real money are allowed from now on. */
    REAL_MONEY_ON,
    /** Orders with real money are not allowed any more. */
    REAL_MONEY_OFF,
    /** Everybody's prices may come through an account's session from now on. */
    PRICES_SHARED,
    /** Everybody's prices do not come through an account's session any more. */
    PRICES_NOT_SHARED;

    /**
     * The form in the table and in answers.
     * @return such as {@code logged_in}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
