package pregao.ingest.candle;

import java.time.Duration;
import java.util.List;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import pregao.ingest.topic.Publisher;

/**
 * Empties the outbox, on one thread: removes what was published, and publishes what a
 * crash or an unreachable Kafka left. A row that is removed too late is published twice,
 * which the revision makes harmless.
 */
@Component
class OutboxSweep implements SmartLifecycle, Runnable {

    private static final Logger log = LoggerFactory.getLogger(OutboxSweep.class);

    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final Duration TICK = Duration.ofMillis(100);

    private static final int ROWS = 10;

    private static final int MOST_IDS = 1000;

    private final ConnectionFactory database;

    private final Publisher publisher;

    private final OutboxSettings settings;

    private final PublishedRows published;

    private volatile boolean running;

    private volatile @Nullable Thread thread;

    OutboxSweep(ConnectionFactory database, Publisher publisher, PublishedRows published, OutboxSettings settings) {
        this.published = published;
        this.database = database;
        this.publisher = publisher;
        this.settings = settings;
    }

    @Override
    public void start() {
        this.running = true;
        Thread started = new Thread(this, "outbox");
        started.setDaemon(true);
        started.start();
        this.thread = started;
    }

    @Override
    public void stop() {
        this.running = false;
        Thread running = this.thread;
        if (running == null) {
            return;
        }
        try {
            if (!running.join(BOUND)) {
                running.interrupt();
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public void run() {
        long next = System.nanoTime();
        while (this.running) {
            try {
                Thread.sleep(TICK);
                removePublished();
                if (System.nanoTime() - next >= 0) {
                    next = System.nanoTime() + this.settings.sweep().toNanos();
                    publishLeft();
                }
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                return;
            }
            catch (RuntimeException ex) {
                log.warn("The outbox cannot be emptied now: {}", ex.toString());
                next = System.nanoTime() + this.settings.sweep().toNanos();
            }
        }
    }

    private void removePublished() {
        List<Long> ids = this.published.take(MOST_IDS);
        if (!ids.isEmpty()) {
            Mono.usingWhen(this.database.create(), (connection) -> Outbox.remove(connection, ids), Connection::close)
                .block(BOUND);
        }
    }

    private void publishLeft() {
        Long count = 0L;
        do {
            count = Mono.usingWhen(this.database.create(), this::sweep, Connection::close).block(BOUND);
            if (count != null && count > 0) {
                log.info("{} rows of the outbox were published late", count);
            }
        }
        while (this.running && count != null && count == ROWS);
    }

    private Mono<Long> sweep(Connection connection) {
        return Mono.usingWhen(Mono.from(connection.beginTransaction()).thenReturn(connection),
                (open) -> publishOldest(open), Connection::commitTransaction,
                (open, failure) -> open.rollbackTransaction(), Connection::rollbackTransaction);
    }

    private Mono<Long> publishOldest(Connection connection) {
        return Outbox.oldest(connection, this.settings.age(), ROWS)
            .collectList()
            .flatMap((rows) -> rows.isEmpty() ? Mono.just(0L) : publish(connection, rows));
    }

    private Mono<Long> publish(Connection connection, List<Outbox.Row> rows) {
        List<Long> ids = rows.stream().map(Outbox.Row::id).toList();
        return Flux.fromIterable(rows)
            .concatMap((row) -> this.publisher.publish(row.messages()))
            .then(Mono.defer(() -> Outbox.remove(connection, ids)));
    }

}
