package pregao.contracts;

import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Texts in events of the ledger.
 */
public final class LedgerText {

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private static final int MAX_LENGTH = 500;

    private static final int HIGHEST_LEVEL = 20;

    private LedgerText() {
    }

    /**
     * Checks a word that programs compare.
     * @param word any text
     * @param what its name
     * @throws IllegalArgumentException where it is not such as {@code not_sent}
     */
    public static void requireIdentifier(String word, String what) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException("%s is such as not_sent, not '%s'".formatted(what, word));
        }
    }

    /**
     * Checks a text that people read.
     * @param text any text
     * @param what its name
     * @throws IllegalArgumentException where it is longer than 500 characters
     */
    public static void requireMaxLength(String text, String what) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("%s has more than %d characters".formatted(what, MAX_LENGTH));
        }
    }

    /**
     * Checks which entry of a cycle it is.
     * @param level the first is 0
     * @throws IllegalArgumentException where it is not from 0 to 20
     */
    public static void requireGaleLevel(int level) {
        if (level < 0 || level > HIGHEST_LEVEL) {
            throw new IllegalArgumentException("level is from 0 to 20, not " + level);
        }
    }

    /**
     * The text of an id that may be missing.
     * @param id an id, or null
     * @return empty where it is null
     */
    public static String of(@Nullable UUID id) {
        return (id != null) ? id.toString() : "";
    }

}
