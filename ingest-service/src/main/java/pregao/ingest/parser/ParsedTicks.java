package pregao.ingest.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.PriceBasis;
import pregao.contracts.tick.TickBatch;

/**
 * The ticks of a request: by instrument for whoever carries them on, and item by item for
 * the answer, in columns, so that an item costs no object unless it is refused.
 */
public final class ParsedTicks {

    private static final int LONGEST_ORIGINAL = 64;

    private final List<InstrumentTicks> groups = new ArrayList<>();

    private final List<RejectedTick> refused = new ArrayList<>();

    private int size;

    private int duplicates;

    private @Nullable InstrumentTicks[] group = new @Nullable InstrumentTicks[64];

    private boolean[] duplicate = new boolean[64];

    private long[] time = new long[64];

    private int[] originalEnd = new int[64];

    private char[] originals = new char[64 * 24];

    void addGroup(InstrumentTicks added) {
        this.groups.add(added);
    }

    void add(InstrumentTicks instrumentTicks, long at, boolean repeated, TimestampField sent) {
        int index = next(sent.original(), sent.originalLength());
        this.group[index] = instrumentTicks;
        this.duplicate[index] = repeated;
        this.time[index] = at;
        this.duplicates += repeated ? 1 : 0;
    }

    void refuse(@Nullable String symbol, TimestampField sent, Rejection rejection) {
        int index = next(sent.original(), sent.originalLength());
        this.group[index] = null;
        this.refused.add(new RejectedTick(index, symbol, rejection));
    }

    private int next(char[] original, int length) {
        if (this.size == this.time.length) {
            int room = this.size * 2;
            this.group = Arrays.copyOf(this.group, room);
            this.duplicate = Arrays.copyOf(this.duplicate, room);
            this.time = Arrays.copyOf(this.time, room);
            this.originalEnd = Arrays.copyOf(this.originalEnd, room);
        }
        int start = originalStart(this.size);
        if (start + LONGEST_ORIGINAL > this.originals.length) {
            this.originals = Arrays.copyOf(this.originals, this.originals.length * 2 + LONGEST_ORIGINAL);
        }
        System.arraycopy(original, 0, this.originals, start, length);
        this.originalEnd[this.size] = start + length;
        return this.size++;
    }

    /**
     * What is carried on.
     * @param basis which price makes candles
     * @param receivedAt when the request was taken, epoch milliseconds
     * @return one batch an instrument, without repeated ticks
     */
    public List<TickBatch> toCarry(PriceBasis basis, long receivedAt) {
        List<TickBatch> batches = new ArrayList<>(this.groups.size());
        for (InstrumentTicks instrumentTicks : this.groups) {
            if (instrumentTicks.size() > 0) {
                batches.add(instrumentTicks.toTicks(basis, receivedAt));
            }
        }
        return batches;
    }

    public int size() {
        return this.size;
    }

    public int duplicates() {
        return this.duplicates;
    }

    /**
     * How many quotes have a bid above their ask.
     * @return the number, without repeated ticks
     */
    public int crossed() {
        return this.groups.stream().mapToInt(InstrumentTicks::crossed).sum();
    }

    /**
     * The items that are no ticks, in their order.
     * @return a list that must not be changed
     */
    public List<RejectedTick> refused() {
        return Collections.unmodifiableList(this.refused);
    }

    public boolean isRefused(int index) {
        return this.group[index] == null;
    }

    public boolean isDuplicate(int index) {
        return this.duplicate[index];
    }

    /**
     * The symbol of a tick.
     * @param index of an item that is not refused
     * @return the symbol
     */
    public String symbol(int index) {
        InstrumentTicks instrumentTicks = this.group[index];
        if (instrumentTicks == null) {
            throw new IllegalArgumentException("item %d was refused".formatted(index));
        }
        return instrumentTicks.instrument().symbol();
    }

    /**
     * The time of a tick.
     * @param index of an item that is not refused
     * @return epoch milliseconds
     */
    public long time(int index) {
        return this.time[index];
    }

    /**
     * The characters that hold the times as they were sent.
     * @return not to be changed
     */
    public char[] originals() {
        return this.originals;
    }

    public int originalStart(int index) {
        return (index == 0) ? 0 : this.originalEnd[index - 1];
    }

    public int originalEnd(int index) {
        return this.originalEnd[index];
    }

    /**
     * An item that is no tick.
     *
     * @param index from 0
     * @param symbol as sent, cut where it is long
     * @param rejection why
     */
    public record RejectedTick(int index, @Nullable String symbol, Rejection rejection) {
    }

}
