package pregao.contracts;

import java.util.regex.Pattern;

/**
 * A symbol of one feed, such as EURUSD of {@code mt5-main}.
 *
 * @param feed the source of prices, {@code [a-z0-9-]{1,32}}
 * @param symbol as the feed spells it, case-sensitive, {@code [A-Za-z0-9._#/+&-]{1,32}}
 */
public record Instrument(String feed, String symbol) {

    /** What a feed's name looks like. */
    public static final String FEED_PATTERN = "[a-z0-9-]{1,32}";

    /** What a symbol looks like. */
    public static final String SYMBOL_PATTERN = "[A-Za-z0-9._#/+&-]{1,32}";

    private static final Pattern FEED = Pattern.compile(FEED_PATTERN);

    private static final Pattern SYMBOL = Pattern.compile(SYMBOL_PATTERN);

    public Instrument {
        if (!FEED.matcher(feed).matches()) {
            throw new IllegalArgumentException("feed '%s' does not match %s".formatted(feed, FEED_PATTERN));
        }
        if (!isSymbol(symbol)) {
            throw new IllegalArgumentException("symbol '%s' does not match %s".formatted(symbol, SYMBOL_PATTERN));
        }
    }

    /**
     * Whether the text is a symbol.
     * @param text any text
     * @return true if an instrument can have this symbol
     */
    public static boolean isSymbol(String text) {
        return SYMBOL.matcher(text).matches();
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
