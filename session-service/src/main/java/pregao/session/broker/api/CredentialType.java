package pregao.session.broker.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * With what a user can be let in by a broker.
 */
public enum CredentialType {

    /** Identifier and password, and a code where the broker wants one. */
    PASSWORD,
    /** The token of a session that the user opened elsewhere. */
    SESSION,
    /** Tokens of OAuth2. */
    OAUTH2,
    /** A key that the user made at the broker. */
    API_KEY;

    /**
     * The form in requests and answers.
     * @return such as {@code api_key}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a text.
     * @param text as sent
     * @return empty where there is none
     */
    public static Optional<CredentialType> of(String text) {
        return Arrays.stream(values()).filter((type) -> type.text().equals(text)).findFirst();
    }

}
