package pregao.devcluster.replay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * Rows in the pieces that requests take: as many as fit, and no more of the feed's time
 * than is sent at once.
 */
final class BatchIterator implements Iterator<List<CsvRow>> {

    private final Iterator<CsvRow> rows;

    private final int size;

    private final long span;

    private @Nullable CsvRow next;

    BatchIterator(Iterator<CsvRow> rows, int size, long spanMillis) {
        this.rows = rows;
        this.size = size;
        this.span = spanMillis;
    }

    @Override
    public boolean hasNext() {
        return this.next != null || this.rows.hasNext();
    }

    @Override
    public List<CsvRow> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<CsvRow> batch = new ArrayList<>();
        CsvRow row = (this.next != null) ? this.next : this.rows.next();
        this.next = null;
        long first = row.time();
        while (row != null && batch.size() < this.size && row.time() - first < this.span) {
            batch.add(row);
            row = this.rows.hasNext() ? this.rows.next() : null;
        }
        this.next = row;
        return List.copyOf(batch);
    }

}
