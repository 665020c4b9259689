package pregao.devcluster.replay;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The rows that are wanted, each asked about once.
 */
final class FilteringIterator implements Iterator<CsvRow> {

    private final Iterator<CsvRow> rows;

    private final Predicate<CsvRow> wanted;

    private @Nullable CsvRow next;

    FilteringIterator(Iterator<CsvRow> rows, Predicate<CsvRow> wanted) {
        this.rows = rows;
        this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
        while (this.next == null && this.rows.hasNext()) {
            CsvRow row = this.rows.next();
            this.next = this.wanted.test(row) ? row : null;
        }
        return this.next != null;
    }

    @Override
    public CsvRow next() {
        CsvRow row = hasNext() ? this.next : null;
        if (row == null) {
            throw new NoSuchElementException();
        }
        this.next = null;
        return row;
    }

}
