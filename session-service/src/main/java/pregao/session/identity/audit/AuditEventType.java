package pregao.session.identity.audit;

import java.util.Locale;

/**
 * Type of a security-relevant event.
 */
public enum AuditEventType {

    /** A user registered. */
    REGISTERED,
    /** Someone tried to register with the email address of an existing user. */
    REGISTERED_AGAIN,
    /** An admin created an invitation. */
    INVITED,
    /** A user logged in. */
    LOGGED_IN,
    /**
     * A login failed: the password or code was wrong, or no user has the email address.
     */
    LOGIN_REFUSED,
    /** A login was revoked. */
    LOGIN_ENDED,
    /** A refresh token was reused, so its login was revoked. */
    REFRESH_REUSED,
    /** A user's password was changed. */
    PASSWORD_CHANGED,
    /** An admin created a password reset link. */
    PASSWORD_RESET_MADE,
    /** The second factor was enabled. */
    TOTP_ON,
    /** The second factor was disabled. */
    TOTP_OFF,
    /** A recovery code was used. */
    RECOVERY_CODE_USED,
    /** A user's roles were changed. */
    ROLES_CHANGED,
    /** A user's personal data was erased. */
    ERASED,
    /** An API key was created. */
    KEY_MADE,
    /** An API key was revoked. */
    KEY_REVOKED,
    /** A feed was created or its settings were changed. */
    FEED_SET,
    /** A broker account was connected. */
    BROKER_CONNECTED,
    /** A broker account was deleted. */
    BROKER_DELETED,
    /** Orders with real money were enabled. */
    REAL_MONEY_ON,
    /** Orders with real money were disabled. */
    REAL_MONEY_OFF,
    /** An account's broker session was enabled as the price source of all users. */
    PRICES_SHARED,
    /** An account's broker session was disabled as the price source of all users. */
    PRICES_NOT_SHARED;

    /**
     * Returns the text stored in the database and used in responses.
     * @return the name in lower case, such as {@code logged_in}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
