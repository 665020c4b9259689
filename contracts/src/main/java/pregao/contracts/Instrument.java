package pregao.contracts;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A symbol of one feed, such as EURUSD of {@code mt5-main}.
 *
 * @param feed the source of prices, {@code [a-z0-9-]{1,32}}
 * @param symbol as the feed spells it, case-sensitive, trimmed and in Unicode's form NFC,
 * as {@link #SYMBOL_RULE} says
 */
public record Instrument(String feed, String symbol) {

    /** What a feed's name looks like. */
    public static final String FEED_PATTERN = "[a-z0-9-]{1,32}";

    /** What a symbol looks like, for a reader. */
    public static final String SYMBOL_RULE = "1 to 32 letters and digits of any script, blanks inside, "
            + "and ._#/+&-$@!^~()'";

    /** What a symbol looks like, for OpenAPI documents. */
    public static final String SYMBOL_PATTERN = "^[\\p{L}\\p{Nd}._#/+&\\-$@!\\^~()'][\\p{L}\\p{M}\\p{Nd} ._#/+&\\-$@!\\^~()']{0,31}$";

    /** The most characters of a symbol. */
    public static final int MAX_SYMBOL_LENGTH = 32;

    private static final String SYMBOL_MARKS = "._#/+&-$@!^~()'";

    private static final Pattern FEED = Pattern.compile(FEED_PATTERN);

    public Instrument {
        if (!FEED.matcher(feed).matches()) {
            throw new IllegalArgumentException("feed '%s' does not match %s".formatted(feed, FEED_PATTERN));
        }
        if (!isSymbol(symbol)) {
            throw new IllegalArgumentException("symbol '%s' is not %s".formatted(symbol, SYMBOL_RULE));
        }
    }

    /**
     * Whether the text is a symbol as it is kept.
     * @param text any text
     * @return true if an instrument can have this symbol
     */
    public static boolean isSymbol(String text) {
        int characters = 0;
        boolean ascii = true;
        for (int i = 0; i < text.length(); characters++) {
            int character = text.codePointAt(i);
            int next = i + Character.charCount(character);
            boolean edge = i == 0 || next == text.length();
            if (!isSymbolCharacter(character, i == 0, edge)) {
                return false;
            }
            ascii &= character < 0x80;
            i = next;
        }
        return characters > 0 && characters <= MAX_SYMBOL_LENGTH
                && (ascii || Normalizer.isNormalized(text, Normalizer.Form.NFC));
    }

    private static boolean isSymbolCharacter(int character, boolean first, boolean edge) {
        if (character < 0x80) {
            return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z')
                    || (character >= '0' && character <= '9') || SYMBOL_MARKS.indexOf(character) >= 0
                    || (character == ' ' && !edge);
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> !first;
            case Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> Character.isLetter(character);
        };
    }

    /**
     * The symbol that a text means: trimmed and composed.
     * @param text as a sender or a caller writes it
     * @return the symbol as it is kept, or nothing where the text can be none
     */
    public static Optional<String> symbolOf(String text) {
        if (isSymbol(text)) {
            return Optional.of(text);
        }
        // A composed symbol is not longer than its letters, marks, and blanks around.
        if (text.length() > MAX_SYMBOL_LENGTH * 8) {
            return Optional.empty();
        }
        String composed = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        return isSymbol(composed) ? Optional.of(composed) : Optional.empty();
    }

    /**
     * The symbol that a parameter of a query string means. A blank at its end is a plus
     * sign that was not escaped, as in {@code symbol=XAUUSD+}.
     * @param parameter the decoded parameter
     * @return the symbol as it is kept, or nothing where the text can be none
     */
    public static Optional<String> symbolOfQuery(String parameter) {
        int end = parameter.length();
        while (end > 0 && parameter.charAt(end - 1) == ' ') {
            end--;
        }
        return symbolOf(parameter.substring(0, end) + "+".repeat(parameter.length() - end));
    }

    /**
     * The key of every market topic, which keeps one instrument in order all the way.
     * @return {@code feed|symbol}
     */
    public String key() {
        return this.feed + '|' + this.symbol;
    }

    /**
     * The instrument of a market topic's key.
     * @param key {@code feed|symbol}
     * @return the instrument
     * @throws IllegalArgumentException where the key has no bar or a part is not allowed
     */
    public static Instrument ofKey(String key) {
        int bar = key.indexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("key '%s' is not feed|symbol".formatted(key));
        }
        return new Instrument(key.substring(0, bar), key.substring(bar + 1));
    }

}
