package pregao.ingest.parser;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.ingest.instrument.FeedInstruments;

/**
 * Hash table of the instruments of a request, by the characters of their symbol. Lookups
 * of known symbols create no strings.
 */
final class InstrumentTicksIndex {

    private static final int INITIAL_CAPACITY = 32;

    private final FeedInstruments feedInstruments;

    private final ParsedTicks parsedTicks;

    private boolean limitExceeded;

    private @Nullable InstrumentTicks[] groupTable = new @Nullable InstrumentTicks[INITIAL_CAPACITY];

    private int size;

    InstrumentTicksIndex(FeedInstruments feedInstruments, ParsedTicks parsedTicks) {
        this.feedInstruments = feedInstruments;
        this.parsedTicks = parsedTicks;
    }

    /**
     * Returns the ticks of a symbol, and creates the group on the first lookup.
     * @param symbol the characters of the symbol
     * @return the group, or null if the symbol is invalid or the feed has reached its
     * maximum
     */
    @Nullable InstrumentTicks findOrCreate(JsonValueSlice symbol) {
        int slot = findSlot(symbol);
        InstrumentTicks group = this.groupTable[slot];
        if (group != null) {
            return group;
        }
        String text = symbol.toString();
        String canonicalSymbol = Instrument.symbolOf(text).orElse(null);
        if (canonicalSymbol == null || !this.feedInstruments.canAdmit(canonicalSymbol)) {
            this.limitExceeded = canonicalSymbol != null;
            return null;
        }
        return canonicalSymbol.equals(text) ? add(slot, text) : findOrCreate(new JsonValueSlice().set(canonicalSymbol));
    }

    private InstrumentTicks add(int slot, String symbol) {
        InstrumentTicks group = new InstrumentTicks(new Instrument(this.feedInstruments.feed(), symbol));
        this.groupTable[slot] = group;
        this.parsedTicks.addGroup(group);
        if (++this.size * 2 > this.groupTable.length) {
            grow();
        }
        return group;
    }

    /**
     * Returns whether the last lookup failed because the feed has reached its maximum
     * number of instruments.
     * @return false if the symbol is invalid
     */
    boolean isLimitExceeded() {
        return this.limitExceeded;
    }

    private int findSlot(JsonValueSlice symbol) {
        int hash = 0;
        for (int i = 0; i < symbol.length(); i++) {
            hash = hash * 31 + symbol.chars()[symbol.from() + i];
        }
        int mask = this.groupTable.length - 1;
        int slot = spreadHash(hash) & mask;
        InstrumentTicks group = this.groupTable[slot];
        while (group != null && !symbol.contentEquals(group.instrument().symbol())) {
            slot = (slot + 1) & mask;
            group = this.groupTable[slot];
        }
        return slot;
    }

    private static int spreadHash(int hash) {
        return hash ^ (hash >>> 15);
    }

    private void grow() {
        InstrumentTicks[] groups = Arrays.stream(this.groupTable)
            .filter((group) -> group != null)
            .toArray(InstrumentTicks[]::new);
        this.groupTable = new @Nullable InstrumentTicks[this.groupTable.length * 2];
        JsonValueSlice symbol = new JsonValueSlice();
        for (InstrumentTicks group : groups) {
            this.groupTable[findSlot(symbol.set(group.instrument().symbol()))] = group;
        }
    }

}
