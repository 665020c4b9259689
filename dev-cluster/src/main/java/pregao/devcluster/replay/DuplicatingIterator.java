package pregao.devcluster.replay;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Every batch twice: once in its turn, and once more at most {@value #LATEST} batches
 * later, between the others.
 */
final class DuplicatingIterator implements Iterator<List<CsvRow>> {

    static final int LATEST = 8;

    private final Iterator<List<CsvRow>> batches;

    private final RandomGenerator random;

    private final PriorityQueue<PendingDuplicate> again = new PriorityQueue<>(
            Comparator.comparingLong(PendingDuplicate::turn).thenComparingLong(PendingDuplicate::number));

    private long turn;

    DuplicatingIterator(Iterator<List<CsvRow>> batches, RandomGenerator random) {
        this.batches = batches;
        this.random = random;
    }

    @Override
    public boolean hasNext() {
        return !this.again.isEmpty() || this.batches.hasNext();
    }

    @Override
    public List<CsvRow> next() {
        PendingDuplicate due = this.again.peek();
        if (due != null && (due.turn() <= this.turn || !this.batches.hasNext())) {
            this.again.remove();
            return due.batch();
        }
        if (!this.batches.hasNext()) {
            throw new NoSuchElementException();
        }
        List<CsvRow> batch = this.batches.next();
        this.again.add(new PendingDuplicate(this.turn + this.random.nextInt(LATEST), this.turn, batch));
        this.turn++;
        return batch;
    }

    private record PendingDuplicate(long turn, long number, List<CsvRow> batch) {
    }

}
