package pregao.strategy.catalog.pattern;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The words by which requests and answers name one of several: in small letters.
 */
public final class EnumNames {

    private EnumNames() {
    }

    /**
     * The word of a value.
     * @param value one of several
     * @return in small letters
     */
    public static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value of a word.
     * @param <E> of which kind
     * @param values all of them
     * @param name in small letters
     * @return empty where there is none
     */
    public static <E extends Enum<E>> Optional<E> find(E[] values, String name) {
        return Arrays.stream(values).filter((value) -> nameOf(value).equals(name)).findFirst();
    }

    /**
     * All words, to tell what was expected.
     * @param values all of them
     * @return with commas between
     */
    public static String joinNames(Enum<?>[] values) {
        return Arrays.stream(values).map(EnumNames::nameOf).collect(Collectors.joining(", "));
    }

}
