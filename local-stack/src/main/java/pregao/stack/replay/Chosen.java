package pregao.stack.replay;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The rows that are wanted, each asked about once.
 */
final class Chosen implements Iterator<Row> {

    private final Iterator<Row> rows;

    private final Predicate<Row> wanted;

    private @Nullable Row next;

    Chosen(Iterator<Row> rows, Predicate<Row> wanted) {
        this.rows = rows;
        this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
        while (this.next == null && this.rows.hasNext()) {
            Row row = this.rows.next();
            this.next = this.wanted.test(row) ? row : null;
        }
        return this.next != null;
    }

    @Override
    public Row next() {
        Row row = hasNext() ? this.next : null;
        if (row == null) {
            throw new NoSuchElementException();
        }
        this.next = null;
        return row;
    }

}
