package pregao.session.identity.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a person is.
 */
public enum Role {

    /** Trades, and has keys and feeds of their own. */
    TRADER,
    /** Runs the installation. */
    ADMIN;

    /**
     * The form in tokens and answers.
     * @return such as {@code trader}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The form in rules of access.
     * @return such as {@code ROLE_trader}
     */
    String authority() {
        return "ROLE_" + text();
    }

    /**
     * The role of a text.
     * @param text as sent
     * @return empty where there is none
     */
    public static Optional<Role> parse(String text) {
        return Arrays.stream(values()).filter((role) -> role.text().equals(text)).findFirst();
    }

    /**
     * The roles of texts.
     * @param texts as stored
     * @return those that this version knows
     */
    public static Set<Role> parseAll(Collection<String> texts) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        texts.forEach((text) -> parse(text).ifPresent(roles::add));
        return roles;
    }

    /**
     * The texts of roles.
     * @param roles any
     * @return in a fixed order
     */
    public static List<String> toTexts(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::text).toList();
    }

}
