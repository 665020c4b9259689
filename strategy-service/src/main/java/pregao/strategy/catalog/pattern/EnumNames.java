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
    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value of a word.
     * @param <E> of which kind
     * @param values all of them
     * @param word in small letters
     * @return empty where there is none
     */
    public static <E extends Enum<E>> Optional<E> one(E[] values, String word) {
        return Arrays.stream(values).filter((each) -> of(each).equals(word)).findFirst();
    }

    /**
     * All words, to tell what was expected.
     * @param values all of them
     * @return with commas between
     */
    public static String all(Enum<?>[] values) {
        return Arrays.stream(values).map(EnumNames::of).collect(Collectors.joining(", "));
    }

}
