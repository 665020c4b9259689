package pregao.session.password;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.http.problem.Fields;

/**
 * Which passwords are taken: long ones that are not the first ones anybody tries. What
 * they are made of is their owner's choice.
 */
public final class PasswordRules {

    private static final int SHORTEST = 12;

    private static final int LONGEST = 128;

    private static final int FEWEST_DIFFERENT = 5;

    /** Long enough, and still among the first that are tried. */
    private static final Set<String> COMMON = Set.of("123456789012", "1234567890123", "0123456789012", "qwertyuiop12",
            "qwertyuiop123", "1q2w3e4r5t6y", "1qaz2wsx3edc", "password1234", "password12345", "password123456",
            "passwordpassword", "senhasenhasenha", "senha1234567", "senha12345678", "abcdefghijkl", "abcdefghijklm",
            "administrator", "administrador", "adminadminadmin", "admin1234567", "letmein12345", "iloveyou1234",
            "welcome12345", "changeme1234", "trustno1trustno1", "unbelievable", "minecraft123", "q1w2e3r4t5y6");

    private PasswordRules() {
    }

    /**
     * Looks at a new password.
     * @param fields gathers what is wrong
     * @param field its field
     * @param password as sent
     * @param email whose it is to be; must not be in it
     */
    public static void check(Fields fields, String field, @Nullable String password, String email) {
        String text = (password != null) ? password : "";
        fields.require(text.length() >= SHORTEST && text.length() <= LONGEST, field,
                "%d to %d characters".formatted(SHORTEST, LONGEST));
        String lower = text.toLowerCase(Locale.ROOT);
        String local = email.substring(0, Math.max(0, email.indexOf('@'))).toLowerCase(Locale.ROOT);
        boolean told = lower.contains("pregao") || (local.length() > 3 && lower.contains(local));
        fields.require(!COMMON.contains(lower) && text.chars().distinct().count() >= FEWEST_DIFFERENT && !told, field,
                "not one of the first that somebody would try");
    }

}
