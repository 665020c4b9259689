package pregao.ingest.ea;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.ingest.instrument.FeedInstruments;

/**
 * The instruments of a request, found by the characters of their symbol, so that no
 * string is made for a symbol that is known.
 */
final class TickGroups {

    private static final int FIRST_ROOM = 32;

    private final FeedInstruments instruments;

    private final SentTicks sent;

    private boolean full;

    private @Nullable TickGroup[] table = new @Nullable TickGroup[FIRST_ROOM];

    private int size;

    TickGroups(FeedInstruments instruments, SentTicks sent) {
        this.instruments = instruments;
        this.sent = sent;
    }

    /**
     * The group of a symbol.
     * @param symbol its characters
     * @return the group, or null where this can be no symbol of the feed
     */
    @Nullable TickGroup find(ValueText symbol) {
        int slot = slot(symbol);
        TickGroup known = this.table[slot];
        if (known != null) {
            return known;
        }
        String text = symbol.toString();
        String canonical = Instrument.symbolOf(text).orElse(null);
        if (canonical == null || !this.instruments.canHold(canonical)) {
            this.full = canonical != null;
            return null;
        }
        return canonical.equals(text) ? add(slot, text) : find(new ValueText().of(canonical));
    }

    private TickGroup add(int slot, String symbol) {
        TickGroup added = new TickGroup(new Instrument(this.instruments.feed(), symbol));
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

    private int slot(ValueText symbol) {
        int hash = 0;
        for (int i = 0; i < symbol.length(); i++) {
            hash = hash * 31 + symbol.chars()[symbol.from() + i];
        }
        int mask = this.table.length - 1;
        int slot = spread(hash) & mask;
        TickGroup at = this.table[slot];
        while (at != null && !symbol.is(at.instrument().symbol())) {
            slot = (slot + 1) & mask;
            at = this.table[slot];
        }
        return slot;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }

    private void grow() {
        TickGroup[] old = Arrays.stream(this.table).filter((group) -> group != null).toArray(TickGroup[]::new);
        this.table = new @Nullable TickGroup[this.table.length * 2];
        ValueText symbol = new ValueText();
        for (TickGroup group : old) {
            this.table[slot(symbol.of(group.instrument().symbol()))] = group;
        }
    }

}
