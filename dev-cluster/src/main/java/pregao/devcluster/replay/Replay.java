package pregao.devcluster.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Sends one file by its plan and waits until every row is acknowledged.
 */
public final class Replay {

    private static final int LONGEST_REQUEST_MINUTES = 60;

    private final ReplayPlan plan;

    private final IngestClient sender;

    private final Progress progress;

    private final SortedSet<String> symbols = new TreeSet<>();

    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private final Object lock = new Object();

    private IngestResponse answer = IngestResponse.NONE;

    private long sent;

    private long rows;

    private long firstTime = Long.MAX_VALUE;

    private long lastTime = Long.MIN_VALUE;

    /**
     * A replay.
     * @param plan what and how
     * @param sender where to
     * @param progress is told after each request
     */
    public Replay(ReplayPlan plan, IngestClient sender, Progress progress) {
        this.plan = plan;
        this.sender = sender;
        this.progress = progress;
    }

    /**
     * Sends the file. May be called once.
     * @return what became of it
     * @throws IOException where the file cannot be read
     * @throws PostRefusedException where a request was refused, or not answered too long
     * @throws InterruptedException where the thread is to stop
     * @throws UnreadableFileException where a line is no row
     */
    public ReplaySummary run() throws IOException, PostRefusedException, InterruptedException {
        long start = System.nanoTime();
        try (CsvTickFile file = CsvTickFile.open(this.plan.file(), this.plan.symbol(), this.plan.timeframe(),
                this.plan.digits())) {
            PlaybackClock pace = new PlaybackClock(this.plan.speed(), System::nanoTime);
            send(file, batches(file, pace), pace);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            synchronized (this.lock) {
                return new ReplaySummary(file.route(), Collections.unmodifiableSortedSet(this.symbols), this.rows,
                        this.sent, this.firstTime, this.lastTime, this.answer, this.sender.requests(),
                        this.sender.retries(), took);
            }
        }
    }

    private Iterator<List<CsvRow>> batches(CsvTickFile file, PlaybackClock pace) {
        Random random = new Random(this.plan.seed());
        Iterator<CsvRow> order = new FilteringIterator(file, this::include);
        if (!this.plan.shuffle().isZero()) {
            order = new ShufflingIterator(order, this.plan.shuffle().toMillis(), random);
        }
        Iterator<List<CsvRow>> batches = new BatchIterator(order, this.plan.batch(), pace.span());
        return this.plan.twice() ? new DuplicatingIterator(batches, random) : batches;
    }

    private boolean include(CsvRow row) {
        if (!this.plan.includes(row)) {
            return false;
        }
        this.rows++;
        this.symbols.add(row.symbol());
        this.firstTime = Math.min(this.firstTime, row.time());
        this.lastTime = Math.max(this.lastTime, row.time());
        return true;
    }

    private void send(CsvTickFile file, Iterator<List<CsvRow>> batches, PlaybackClock pace)
            throws PostRefusedException, InterruptedException {
        Semaphore free = new Semaphore(this.plan.connections());
        try (ExecutorService connections = Executors.newFixedThreadPool(this.plan.connections())) {
            try {
                while (this.failure.get() == null && batches.hasNext()) {
                    List<CsvRow> batch = batches.next();
                    TimeUnit.NANOSECONDS.sleep(pace.until(batch.getLast().time()).toNanos());
                    free.acquire();
                    connections.execute(() -> post(file, batch, free));
                }
                if (!free.tryAcquire(this.plan.connections(), LONGEST_REQUEST_MINUTES, TimeUnit.MINUTES)) {
                    throw new PostRefusedException(0, "no answer for an hour");
                }
            }
            finally {
                connections.shutdownNow();
            }
        }
        switch (this.failure.get()) {
            case null -> {
            }
            case PostRefusedException ex -> throw ex;
            case InterruptedException ex -> throw ex;
            case Exception ex -> throw new IllegalStateException(ex);
        }
    }

    private void post(CsvTickFile file, List<CsvRow> batch, Semaphore free) {
        try {
            if (this.failure.get() != null) {
                return;
            }
            IngestResponse given = this.sender.post(file.route(), batch.stream().map(CsvRow::json).toList());
            synchronized (this.lock) {
                this.answer = this.answer.plus(given);
                this.sent += batch.size();
                this.progress.show(file.bytesRead(), this.sent, this.answer.rejected());
            }
        }
        catch (PostRefusedException | InterruptedException | RuntimeException ex) {
            this.failure.compareAndSet(null, ex);
        }
        finally {
            free.release();
        }
    }

    /**
     * Is told how far a replay is.
     */
    @FunctionalInterface
    public interface Progress {

        /** Tells nobody. */
        Progress NONE = (bytes, sent, rejected) -> {
        };

        /**
         * After a request.
         * @param bytes of the file that were read
         * @param sent rows that were acknowledged
         * @param rejected how many of them were refused
         */
        void show(long bytes, long sent, long rejected);

    }

}
