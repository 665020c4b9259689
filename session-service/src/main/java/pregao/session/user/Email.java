package pregao.session.user;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pregao.http.problem.Fields;

/**
 * The address by which a person logs in; how it is written does not matter.
 */
public final class Email {

    private static final int LONGEST = 254;

    private static final Pattern FORM = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,189}");

    private Email() {
    }

    /**
     * Looks at an address.
     * @param fields gathers what is wrong
     * @param value as sent
     * @return its one form
     */
    public static String check(Fields fields, @Nullable String value) {
        String email = fields.text("email", value, LONGEST).strip().toLowerCase(Locale.ROOT);
        fields.require(FORM.matcher(email).matches(), "email", "an e-mail address");
        return email;
    }

}
