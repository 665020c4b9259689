package pregao.ingest.instrument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Instruments of one feed up to a maximum number, with the number of decimals of their
 * prices if a sender has provided it. Changes wait here until they are stored.
 */
public final class FeedInstruments {

    /** The number of decimals of the instrument's prices is unknown. */
    public static final int UNKNOWN_DIGITS = -1;

    private static final int MAX_DIGITS = 8;

    private final String feed;

    private final int limit;

    /** Decimals by symbol; never exceeds the limit, see {@link #admit}. */
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
     * Returns whether the stored instruments are loaded.
     * @return false before that; new instruments are admitted nevertheless
     */
    public boolean isLoaded() {
        return this.loaded;
    }

    /**
     * Returns whether a symbol can be an instrument of the feed.
     * @param symbol the symbol
     * @return true if the feed has it already or can have one more
     */
    public boolean canAdmit(String symbol) {
        return this.digitsBySymbol.size() < this.limit || this.digitsBySymbol.containsKey(symbol);
    }

    /**
     * Adds an instrument to the feed unless it exists.
     * @param symbol the symbol of a valid item
     * @return false if the feed has reached its maximum
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
     * Returns the number of decimals of an instrument's prices.
     * @param symbol the symbol
     * @return the number, or {@link #UNKNOWN_DIGITS}
     */
    public int digits(String symbol) {
        return this.digitsBySymbol.getOrDefault(symbol, UNKNOWN_DIGITS);
    }

    /**
     * Updates the number of decimals of an instrument's prices.
     * @param symbol the symbol of an admitted instrument
     * @param digits the number that a sender provided; ignored if it is not from 0 to 8
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
     * Adds the stored instruments.
     * @param stored the decimals by symbol; at most as many as the limit
     */
    public void addStored(Map<String, Integer> stored) {
        synchronized (this.unsaved) {
            stored.forEach((symbol, digits) -> this.digitsBySymbol.merge(symbol, digits,
                    (current, loaded) -> (current == UNKNOWN_DIGITS) ? loaded : current));
            this.loaded = true;
        }
    }

    /**
     * Removes and returns the changes to store.
     * @return the new and changed instruments
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
     * Restores changes that could not be stored.
     * @param failed the changes that {@link #drainUnsaved} returned
     */
    public void restoreUnsaved(List<Stored> failed) {
        synchronized (this.unsaved) {
            failed.forEach((stored) -> this.unsaved.putIfAbsent(stored.symbol(), stored.digits()));
        }
    }

    /**
     * Instrument as stored.
     *
     * @param feed the feed
     * @param symbol the symbol
     * @param digits the number of decimals of its prices, or {@link #UNKNOWN_DIGITS}
     */
    public record Stored(String feed, String symbol, int digits) {
    }

}
