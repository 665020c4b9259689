package pregao.session.identity.user;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.TextRule;

/**
 * The address by which a person logs in; how it is written does not matter.
 */
public final class Email {

    private static final int MAX_LENGTH = 254;

    private static final Pattern PATTERN = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,189}");

    private Email() {
    }

    /**
     * Looks at an address.
     * @param validator gathers what is wrong
     * @param value as sent
     * @return its one form
     */
    public static String check(FieldValidator validator, @Nullable String value) {
        String email = normalize(validator.text("email", value, MAX_LENGTH));
        validator.require(email.length() <= MAX_LENGTH && PATTERN.matcher(email).matches() && TextRule.isVisible(email),
                "email", "an e-mail address");
        return email;
    }

    /**
     * The one form of an address.
     * @param email as somebody writes it
     * @return in small letters that are the same characters on every keyboard
     */
    static String normalize(String email) {
        return TextRule.normalize(TextRule.normalize(email).toLowerCase(Locale.ROOT));
    }

}
