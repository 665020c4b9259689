package pregao.session.identity.password;

import org.jspecify.annotations.Nullable;

import pregao.webapi.problem.FieldValidator;

/**
 * Which passwords are taken: long ones that are not easy to guess. What they are made of
 * is their owner's choice.
 *
 * <p>
 * There is no list of leaked passwords here: a real one has millions of lines that are
 * somebody else's, and ages. Instead, a password is at least {@value #MIN_LENGTH}
 * characters, which hardly any line of such lists is, and what makes long ones common is
 * recognized by {@link PasswordStrength}: words that everybody uses, the owner's own
 * address, repeats, sequences, and keys side by side count as one character each, and
 * {@value #MIN_STRENGTH} must be left.
 */
public final class PasswordRules {

    private static final int MIN_LENGTH = 15;

    private static final int MAX_LENGTH = 128;

    private static final int MIN_STRENGTH = 8;

    private PasswordRules() {
    }

    /**
     * Looks at a new password.
     * @param validator gathers what is wrong
     * @param field its field
     * @param password as sent
     * @param email whose it is to be; must not be in it
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
