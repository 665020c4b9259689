package pregao.devcluster.replay;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Rows out of order: each is held back by a random time of the feed, so that no row
 * passes one that is more than the window older.
 */
final class ShufflingIterator implements Iterator<CsvRow> {

    /** A window with more rows than this is cut short, which bounds the memory. */
    private static final int MOST_HELD = 1_000_000;

    private final Iterator<CsvRow> rows;

    private final long window;

    private final RandomGenerator random;

    private final PriorityQueue<DelayedRow> held = new PriorityQueue<>(
            Comparator.comparingLong(DelayedRow::due).thenComparingLong((row) -> row.row().line()));

    private long latest = Long.MIN_VALUE;

    ShufflingIterator(Iterator<CsvRow> rows, long windowMillis, RandomGenerator random) {
        this.rows = rows;
        this.window = windowMillis;
        this.random = random;
    }

    @Override
    public boolean hasNext() {
        return !this.held.isEmpty() || this.rows.hasNext();
    }

    @Override
    public CsvRow next() {
        while (this.rows.hasNext() && !mayLeave()) {
            CsvRow row = this.rows.next();
            this.latest = Math.max(this.latest, row.time());
            this.held.add(new DelayedRow(row.time() + this.random.nextLong(this.window + 1), row));
        }
        DelayedRow first = this.held.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        return first.row();
    }

    /**
     * Whether no row to come can be due before the first held one.
     */
    private boolean mayLeave() {
        DelayedRow first = this.held.peek();
        return first != null && (first.due() < this.latest || this.held.size() >= MOST_HELD);
    }

    private record DelayedRow(long due, CsvRow row) {
    }

}
