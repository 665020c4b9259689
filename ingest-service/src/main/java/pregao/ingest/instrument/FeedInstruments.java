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
    private final Map<String, Integer> digits = new ConcurrentHashMap<>();

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
        return this.digits.size();
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
    public boolean canHold(String symbol) {
        return this.digits.size() < this.limit || this.digits.containsKey(symbol);
    }

    /**
     * Makes a symbol one of the feed's.
     * @param symbol of a sound item
     * @return false where the feed has as many as it may have
     */
    public boolean admit(String symbol) {
        if (this.digits.containsKey(symbol)) {
            return true;
        }
        synchronized (this.unsaved) {
            if (this.digits.size() >= this.limit) {
                return this.digits.containsKey(symbol);
            }
            if (this.digits.putIfAbsent(symbol, UNKNOWN_DIGITS) == null) {
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
        return this.digits.getOrDefault(symbol, UNKNOWN_DIGITS);
    }

    /**
     * Keeps how many decimals a price has.
     * @param symbol an admitted symbol
     * @param number as a sender says; ignored where no price can have so many
     */
    public void learnDigits(String symbol, long number) {
        if (number < 0 || number > MAX_DIGITS || digits(symbol) == number) {
            return;
        }
        synchronized (this.unsaved) {
            if (this.digits.replace(symbol, (int) number) != null) {
                this.unsaved.put(symbol, (int) number);
            }
        }
    }

    /**
     * Takes what is stored.
     * @param stored symbols with their decimals, at most as many as the limit
     */
    public void load(Map<String, Integer> stored) {
        synchronized (this.unsaved) {
            stored.forEach((symbol, number) -> this.digits.merge(symbol, number,
                    (mine, theirs) -> (mine == UNKNOWN_DIGITS) ? theirs : mine));
            this.loaded = true;
        }
    }

    /**
     * Takes away what is to be stored.
     * @return the new and the changed ones
     */
    public List<Stored> takeUnsaved() {
        synchronized (this.unsaved) {
            List<Stored> taken = new ArrayList<>(this.unsaved.size());
            this.unsaved.forEach((symbol, number) -> taken.add(new Stored(this.feed, symbol, number)));
            this.unsaved.clear();
            return taken;
        }
    }

    /**
     * Gives back what could not be stored.
     * @param failed what {@link #takeUnsaved} gave
     */
    public void giveBack(List<Stored> failed) {
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
