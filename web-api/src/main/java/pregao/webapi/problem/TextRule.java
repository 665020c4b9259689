package pregao.webapi.problem;

import java.text.Normalizer;

/**
 * Which texts of requests are taken: those that can be stored, hashed and shown as they
 * came.
 */
public final class TextRule {

    /** What is told of the name of a field that is no plain text itself. */
    public static final String HIDDEN_NAME = "…";

    /** What callers are told to send. */
    public static final String EXPECTED = "a text without control characters and unpaired surrogates";

    private TextRule() {
    }

    /**
     * Looks for control characters and for halves of characters (unpaired surrogates).
     * @param text as sent
     * @return whether there are none
     */
    public static boolean isPlain(String text) {
        return text.codePoints().noneMatch(TextRule::isUnstorable);
    }

    /**
     * Looks for characters that cannot be seen either, which make two names that look the
     * same.
     * @param text as sent
     * @return whether there are none
     */
    public static boolean isVisible(String text) {
        return text.codePoints()
            .noneMatch((codePoint) -> isUnstorable(codePoint) || Character.getType(codePoint) == Character.FORMAT);
    }

    /**
     * The one form of a name that is compared, in which the same letters are the same
     * characters (NFKC).
     * @param text as sent
     * @return without blanks around
     */
    public static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    }

    /**
     * Whether a text in its one form can be a name.
     * @param name of {@link #normalize}
     * @param maxLength how many characters it may have
     * @return false where it is empty, too long or has what cannot be seen
     */
    public static boolean isName(String name, int maxLength) {
        return !name.isEmpty() && name.length() <= maxLength && isVisible(name);
    }

    /**
     * What callers are told to send as a name.
     * @param maxLength how many characters it may have
     * @return what is expected, in words
     */
    public static String expectedName(int maxLength) {
        return "a name of 1 to %d characters that can all be seen".formatted(maxLength);
    }

    private static boolean isUnstorable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

}
