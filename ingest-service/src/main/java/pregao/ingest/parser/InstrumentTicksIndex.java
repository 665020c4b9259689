package pregao.ingest.parser;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.ingest.instrument.FeedInstruments;

/**
 * The instruments of a request, found by the characters of their symbol, so that no
 * string is made for a symbol that is known.
 */
final class InstrumentTicksIndex {

    private static final int FIRST_ROOM = 32;

    private final FeedInstruments instruments;

    private final ParsedTicks sent;

    private boolean full;

    private @Nullable InstrumentTicks[] table = new @Nullable InstrumentTicks[FIRST_ROOM];

    private int size;

    InstrumentTicksIndex(FeedInstruments instruments, ParsedTicks sent) {
        this.instruments = instruments;
        this.sent = sent;
    }

    /**
     * The group of a symbol.
     * @param symbol its characters
     * @return the group, or null where this can be no symbol of the feed
     */
    @Nullable InstrumentTicks find(JsonValueSlice symbol) {
        int slot = slot(symbol);
        InstrumentTicks instrumentTicks = this.table[slot];
        if (instrumentTicks != null) {
            return instrumentTicks;
        }
        String text = symbol.toString();
        String canonical = Instrument.symbolOf(text).orElse(null);
        if (canonical == null || !this.instruments.canHold(canonical)) {
            this.full = canonical != null;
            return null;
        }
        return canonical.equals(text) ? add(slot, text) : find(new JsonValueSlice().of(canonical));
    }

    private InstrumentTicks add(int slot, String symbol) {
        InstrumentTicks added = new InstrumentTicks(new Instrument(this.instruments.feed(), symbol));
        this.table[slot] = added;
        this.sent.addGroup(added);
        if (++this.size * 2 > this.table.length) {
            grow();
        }
        return added;
    }

    /**
     * Whether the symbol that was looked for last is one more than the feed may have.
     * @return false where it can be no symbol
     */
    boolean isFull() {
        return this.full;
    }

    private int slot(JsonValueSlice symbol) {
        int hash = 0;
        for (int i = 0; i < symbol.length(); i++) {
            hash = hash * 31 + symbol.chars()[symbol.from() + i];
        }
        int mask = this.table.length - 1;
        int slot = spread(hash) & mask;
        InstrumentTicks instrumentTicks = this.table[slot];
        while (instrumentTicks != null && !symbol.is(instrumentTicks.instrument().symbol())) {
            slot = (slot + 1) & mask;
            instrumentTicks = this.table[slot];
        }
        return slot;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }

    private void grow() {
        InstrumentTicks[] old = Arrays.stream(this.table)
            .filter((group) -> group != null)
            .toArray(InstrumentTicks[]::new);
        this.table = new @Nullable InstrumentTicks[this.table.length * 2];
        JsonValueSlice symbol = new JsonValueSlice();
        for (InstrumentTicks group : old) {
            this.table[slot(symbol.of(group.instrument().symbol()))] = group;
        }
    }

}
