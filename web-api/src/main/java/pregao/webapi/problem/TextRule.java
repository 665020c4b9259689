package pregao.webapi.problem;

import java.text.Normalizer;

/**
 * Rules for texts in requests: a text is accepted if it can be stored, hashed and
 * displayed exactly as it was sent.
 */
public final class TextRule {

    /**
     * The placeholder reported in place of a field name that is not plain text itself.
     */
    public static final String HIDDEN_NAME = "…";

    /** The description of a valid text. */
    public static final String EXPECTED = "a text without control characters and unpaired surrogates";

    private TextRule() {
    }

    /**
     * Returns whether a text has no control characters and no unpaired surrogates.
     * @param text the text as sent
     * @return true if the text can be stored
     */
    public static boolean isPlain(String text) {
        return text.codePoints().noneMatch(TextRule::isUnstorable);
    }

    /**
     * Returns whether a text has no unstorable and no invisible formatting characters,
     * which would let two different names look the same.
     * @param text the text as sent
     * @return true if all characters are visible
     */
    public static boolean isVisible(String text) {
        return text.codePoints()
            .noneMatch((codePoint) -> isUnstorable(codePoint) || Character.getType(codePoint) == Character.FORMAT);
    }

    /**
     * Normalizes a name to the form in which names are compared (NFKC), in which equal
     * letters are equal characters.
     * @param text the name as sent
     * @return the normalized name without surrounding whitespace
     */
    public static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    }

    /**
     * Returns whether a normalized text is a valid name.
     * @param name the result of {@link #normalize}
     * @param maxLength the maximum number of characters
     * @return false if the name is empty, too long or has invisible characters
     */
    public static boolean isName(String name, int maxLength) {
        return !name.isEmpty() && name.length() <= maxLength && isVisible(name);
    }

    /**
     * Returns the description of a valid name.
     * @param maxLength the maximum number of characters
     * @return the description
     */
    public static String expectedName(int maxLength) {
        return "a name of 1 to %d characters that can all be seen".formatted(maxLength);
    }

    private static boolean isUnstorable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

}
