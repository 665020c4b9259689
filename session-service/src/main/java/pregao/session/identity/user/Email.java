package pregao.session.identity.user;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.TextRule;

/**
 * Validation and normalization of the email address with which a user logs in.
 */
public final class Email {

    private static final int MAX_LENGTH = 254;

    private static final Pattern PATTERN = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,189}");

    private Email() {
    }

    /**
     * Validates an email address.
     * @param validator collects the violations
     * @param value the email address as sent
     * @return the normalized email address
     */
    public static String check(FieldValidator validator, @Nullable String value) {
        String email = normalize(validator.text("email", value, MAX_LENGTH));
        validator.require(email.length() <= MAX_LENGTH && PATTERN.matcher(email).matches() && TextRule.isVisible(email),
                "email", "an e-mail address");
        return email;
    }

    /**
     * Normalizes an email address.
     * @param email the email address as typed
     * @return the email address in lower case, in which equal letters are equal
     * characters
     */
    static String normalize(String email) {
        return TextRule.normalize(TextRule.normalize(email).toLowerCase(Locale.ROOT));
    }

}
