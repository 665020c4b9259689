package pregao.strategy.catalog.pattern;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Converts enum constants to the lower-case names that requests and responses use, and
 * back.
 */
public final class EnumNames {

    private EnumNames() {
    }

    /**
     * Returns the name of a constant.
     * @param value the constant
     * @return the name in lower case
     */
    public static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a constant by its name.
     * @param <E> the enum type
     * @param values all constants
     * @param name the name in lower case
     * @return the constant, or empty if there is none
     */
    public static <E extends Enum<E>> Optional<E> find(E[] values, String name) {
        return Arrays.stream(values).filter((value) -> nameOf(value).equals(name)).findFirst();
    }

    /**
     * Returns all names, for error messages.
     * @param values all constants
     * @return the names, separated by commas
     */
    public static String joinNames(Enum<?>[] values) {
        return Arrays.stream(values).map(EnumNames::nameOf).collect(Collectors.joining(", "));
    }

}
