package pregao.session.broker.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A type of credentials with which a user can log in at a broker.
 */
public enum CredentialType {

    /** An identifier and a password, and a code if the broker requires one. */
    PASSWORD,
    /** The token of a session that the user opened elsewhere. */
    SESSION,
    /** OAuth2 tokens. */
    OAUTH2,
    /** An API key that the user created at the broker. */
    API_KEY;

    /**
     * Returns the name in requests and responses.
     * @return the name, such as {@code api_key}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a type by its name.
     * @param text the name as sent
     * @return the type, or empty if no type has the name
     */
    public static Optional<CredentialType> of(String text) {
        return Arrays.stream(values()).filter((type) -> type.text().equals(text)).findFirst();
    }

}
