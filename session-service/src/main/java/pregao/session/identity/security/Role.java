package pregao.session.identity.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Role of a user.
 */
public enum Role {

    /** Trades, and owns API keys and feeds. */
    TRADER,
    /** Administers the installation. */
    ADMIN;

    /**
     * Returns the text in tokens and responses.
     * @return the name in lower case, such as {@code trader}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the Spring Security authority.
     * @return the authority, such as {@code ROLE_trader}
     */
    String authority() {
        return "ROLE_" + text();
    }

    /**
     * Parses a role.
     * @param text the text as sent
     * @return empty if there is no such role
     */
    public static Optional<Role> parse(String text) {
        return Arrays.stream(values()).filter((role) -> role.text().equals(text)).findFirst();
    }

    /**
     * Parses stored roles.
     * @param texts the stored texts
     * @return the roles that this version knows
     */
    public static Set<Role> parseAll(Collection<String> texts) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        texts.forEach((text) -> parse(text).ifPresent(roles::add));
        return roles;
    }

    /**
     * Returns the texts of roles.
     * @param roles the roles
     * @return the texts in a fixed order
     */
    public static List<String> toTexts(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::text).toList();
    }

}
