package pregao.ingest.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.PriceBasis;
import pregao.contracts.tick.TickBatch;

/**
 * Ticks of a request, grouped by instrument for publishing, and in columns for the
 * response, so that only rejected items need an object.
 */
public final class ParsedTicks {

    private static final int MAX_ORIGINAL_LENGTH = 64;

    private final List<InstrumentTicks> groups = new ArrayList<>();

    private final List<RejectedTick> rejected = new ArrayList<>();

    private int size;

    private int duplicates;

    private @Nullable InstrumentTicks[] groupsByItem = new @Nullable InstrumentTicks[64];

    private boolean[] duplicateFlags = new boolean[64];

    private long[] times = new long[64];

    private int[] originalEnds = new int[64];

    private char[] originals = new char[64 * 24];

    void addGroup(InstrumentTicks group) {
        this.groups.add(group);
    }

    void add(InstrumentTicks group, long time, boolean isDuplicate, TimestampField timestamp) {
        int index = addItem(timestamp.original(), timestamp.originalLength());
        this.groupsByItem[index] = group;
        this.duplicateFlags[index] = isDuplicate;
        this.times[index] = time;
        this.duplicates += isDuplicate ? 1 : 0;
    }

    void reject(@Nullable String symbol, TimestampField timestamp, Rejection rejection) {
        int index = addItem(timestamp.original(), timestamp.originalLength());
        this.groupsByItem[index] = null;
        this.rejected.add(new RejectedTick(index, symbol, rejection));
    }

    private int addItem(char[] original, int length) {
        if (this.size == this.times.length) {
            int capacity = this.size * 2;
            this.groupsByItem = Arrays.copyOf(this.groupsByItem, capacity);
            this.duplicateFlags = Arrays.copyOf(this.duplicateFlags, capacity);
            this.times = Arrays.copyOf(this.times, capacity);
            this.originalEnds = Arrays.copyOf(this.originalEnds, capacity);
        }
        int start = originalStart(this.size);
        if (start + MAX_ORIGINAL_LENGTH > this.originals.length) {
            this.originals = Arrays.copyOf(this.originals, this.originals.length * 2 + MAX_ORIGINAL_LENGTH);
        }
        System.arraycopy(original, 0, this.originals, start, length);
        this.originalEnds[this.size] = start + length;
        return this.size++;
    }

    /**
     * Returns the ticks to publish.
     * @param basis the price basis of the feed
     * @param receivedAt when the request was received, epoch milliseconds
     * @return one batch for each instrument, without duplicates
     */
    public List<TickBatch> toBatches(PriceBasis basis, long receivedAt) {
        List<TickBatch> batches = new ArrayList<>(this.groups.size());
        for (InstrumentTicks group : this.groups) {
            if (group.size() > 0) {
                batches.add(group.toBatch(basis, receivedAt));
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
     * Returns the number of quotes with a bid above the ask.
     * @return the number, without duplicates
     */
    public int crossed() {
        return this.groups.stream().mapToInt(InstrumentTicks::crossedCount).sum();
    }

    /**
     * Returns the rejected items.
     * @return an unmodifiable list, in the order of the request
     */
    public List<RejectedTick> rejected() {
        return Collections.unmodifiableList(this.rejected);
    }

    public boolean isRejected(int index) {
        return this.groupsByItem[index] == null;
    }

    public boolean isDuplicate(int index) {
        return this.duplicateFlags[index];
    }

    /**
     * Returns the symbol of a tick.
     * @param index the index of an item that is not rejected
     * @return the symbol
     */
    public String symbol(int index) {
        InstrumentTicks group = this.groupsByItem[index];
        if (group == null) {
            throw new IllegalArgumentException("item %d was refused".formatted(index));
        }
        return group.instrument().symbol();
    }

    /**
     * Returns the time of a tick.
     * @param index the index of an item that is not rejected
     * @return epoch milliseconds
     */
    public long time(int index) {
        return this.times[index];
    }

    /**
     * Returns the characters of all times as sent.
     * @return the internal array, which must not be modified
     */
    public char[] originals() {
        return this.originals;
    }

    public int originalStart(int index) {
        return (index == 0) ? 0 : this.originalEnds[index - 1];
    }

    public int originalEnd(int index) {
        return this.originalEnds[index];
    }

    /**
     * Rejected item.
     *
     * @param index the index of the item, from 0
     * @param symbol the symbol as sent, truncated
     * @param rejection the reason
     */
    public record RejectedTick(int index, @Nullable String symbol, Rejection rejection) {
    }

}
