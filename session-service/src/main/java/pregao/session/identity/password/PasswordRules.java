package pregao.session.identity.password;

import org.jspecify.annotations.Nullable;

import pregao.webapi.problem.FieldValidator;

/**
 * Rules for new passwords: they must be long and not easy to guess. Which characters they
 * contain is the user's choice.
 *
 * <p>
 * There is no list of leaked passwords: a real one has millions of entries and becomes
 * outdated. Instead, a password has at least {@value #MIN_LENGTH} characters, more than
 * most entries of such lists. What makes long passwords common is recognized by
 * {@link PasswordStrength}: common words, the user's own email address, repetitions,
 * sequences and runs of adjacent keys count as one character each, and the count must be
 * at least {@value #MIN_STRENGTH}.
 */
public final class PasswordRules {

    private static final int MIN_LENGTH = 15;

    private static final int MAX_LENGTH = 128;

    private static final int MIN_STRENGTH = 8;

    private PasswordRules() {
    }

    /**
     * Validates a new password.
     * @param validator collects the violations
     * @param field the field name
     * @param password the password as sent
     * @param email the email address of the user, which the password must not contain
     */
    public static void check(FieldValidator validator, String field, @Nullable String password, String email) {
        String value = (password != null) ? password : "";
        boolean hasValidLength = value.length() >= MIN_LENGTH && value.length() <= MAX_LENGTH;
        validator.require(hasValidLength, field, "%d to %d characters".formatted(MIN_LENGTH, MAX_LENGTH));
        if (hasValidLength) {
            PasswordStrength strength = new PasswordStrength(email);
            validator.require(!strength.containsOwnName(value) && strength.compute(value) >= MIN_STRENGTH, field,
                    "harder to guess: several words that do not belong together, without your address, the name "
                            + "Pregão, repeats, sequences, and keys side by side");
        }
    }

}
