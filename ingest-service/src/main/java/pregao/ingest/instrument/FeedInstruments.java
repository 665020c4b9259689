package pregao.ingest.instrument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The instruments of one feed, as many as it may have, with the decimals of their prices
 * where a sender said them. What is new waits here until it is stored.
 */
public final class FeedInstruments {

    /** Nobody said how many decimals a price has. */
    public static final int UNKNOWN_DIGITS = -1;

    private static final int MAX_DIGITS = 8;

    private final String feed;

    private final int limit;

    /** Symbol to decimals; never more than the limit, see {@link #admit}. */
    private final Map<String, Integer> digitsBySymbol = new ConcurrentHashMap<>();

    private final Map<String, Integer> unsaved = new LinkedHashMap<>();

    private volatile boolean loaded;

    public FeedInstruments(String feed, int limit) {
        this.feed = feed;
        this.limit = limit;
    }

    public String feed() {
        return this.feed;
    }

    public int limit() {
        return this.limit;
    }

    public int size() {
        return this.digitsBySymbol.size();
    }

    /**
     * Whether what is stored was read.
     * @return false until then; new instruments are taken nevertheless
     */
    public boolean isLoaded() {
        return this.loaded;
    }

    /**
     * Whether a symbol may be one of the feed's.
     * @param symbol a symbol
     * @return true if it is one, or if there is room for one more
     */
    public boolean canAdmit(String symbol) {
        return this.digitsBySymbol.size() < this.limit || this.digitsBySymbol.containsKey(symbol);
    }

    /**
     * Makes a symbol one of the feed's.
     * @param symbol of a sound item
     * @return false where the feed has as many as it may have
     */
    public boolean admit(String symbol) {
        if (this.digitsBySymbol.containsKey(symbol)) {
            return true;
        }
        synchronized (this.unsaved) {
            if (this.digitsBySymbol.size() >= this.limit) {
                return this.digitsBySymbol.containsKey(symbol);
            }
            if (this.digitsBySymbol.putIfAbsent(symbol, UNKNOWN_DIGITS) == null) {
                this.unsaved.put(symbol, UNKNOWN_DIGITS);
            }
            return true;
        }
    }

    /**
     * How many decimals a price has.
     * @param symbol a symbol
     * @return the number, or {@link #UNKNOWN_DIGITS}
     */
    public int digits(String symbol) {
        return this.digitsBySymbol.getOrDefault(symbol, UNKNOWN_DIGITS);
    }

    /**
     * Keeps how many decimals a price has.
     * @param symbol an admitted symbol
     * @param digits as a sender says; ignored where no price can have so many
     */
    public void updateDigits(String symbol, long digits) {
        if (digits < 0 || digits > MAX_DIGITS || digits(symbol) == digits) {
            return;
        }
        synchronized (this.unsaved) {
            if (this.digitsBySymbol.replace(symbol, (int) digits) != null) {
                this.unsaved.put(symbol, (int) digits);
            }
        }
    }

    /**
     * Takes what is stored.
     * @param stored symbols with their decimals, at most as many as the limit
     */
    public void addStored(Map<String, Integer> stored) {
        synchronized (this.unsaved) {
            stored.forEach((symbol, digits) -> this.digitsBySymbol.merge(symbol, digits,
                    (current, loaded) -> (current == UNKNOWN_DIGITS) ? loaded : current));
            this.loaded = true;
        }
    }

    /**
     * Takes away what is to be stored.
     * @return the new and the changed ones
     */
    public List<Stored> drainUnsaved() {
        synchronized (this.unsaved) {
            List<Stored> drained = new ArrayList<>(this.unsaved.size());
            this.unsaved.forEach((symbol, digits) -> drained.add(new Stored(this.feed, symbol, digits)));
            this.unsaved.clear();
            return drained;
        }
    }

    /**
     * Gives back what could not be stored.
     * @param failed what {@link #drainUnsaved} gave
     */
    public void restoreUnsaved(List<Stored> failed) {
        synchronized (this.unsaved) {
            failed.forEach((stored) -> this.unsaved.putIfAbsent(stored.symbol(), stored.digits()));
        }
    }

    /**
     * An instrument as it is stored.
     *
     * @param feed its feed
     * @param symbol its symbol
     * @param digits decimals of its prices, or {@link #UNKNOWN_DIGITS}
     */
    public record Stored(String feed, String symbol, int digits) {
    }

}
