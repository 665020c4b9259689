package pregao.session.broker.marketdata;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.ingest.CandlePayload;
import pregao.session.broker.ingest.IngestClient;

/**
 * All streams of a feed, on the one replica that has it.
 */
final class FeedStreamCoordinator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedStreamCoordinator.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final long RETRY_DELAY = TimeUnit.SECONDS.toNanos(5);

    private static final long MUCH_LATER = TimeUnit.HOURS.toNanos(1);

    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** When a stream that ended may begin again, nanoseconds. */
    private final Map<String, Long> pauses = new ConcurrentHashMap<>();

    private final AtomicBoolean posting = new AtomicBoolean();

    private final BackgroundTasks posts = new BackgroundTasks();

    private final BrokerFeed feed;

    private final FeedLeaseRepository lease;

    private final StreamSubscriptionRepository table;

    private final MarketDataProperties settings;

    private final StreamContext streaming;

    FeedStreamCoordinator(BrokerFeed feed, FeedLeaseRepository lease, StreamSubscriptionRepository table,
            MarketDataProperties settings, StreamContext streaming) {
        this.feed = feed;
        this.lease = lease;
        this.table = table;
        this.settings = settings;
        this.streaming = streaming;
    }

    /** One turn, once a second; only one thread comes here. */
    void turn() {
        Set<String> wanted = wanted();
        List.copyOf(this.running.keySet()).stream().filter((symbol) -> !wanted.contains(symbol)).forEach(this::stop);
        this.pauses.keySet().retainAll(wanted);
        if (!this.streaming.tenure().holds(System.nanoTime()) && !isFree()) {
            stopAll();
            return;
        }
        List<String> missing = wanted.stream().filter(this::mayStart).toList();
        MarketDataSource source = missing.isEmpty() ? null : source();
        if (source == null && this.running.isEmpty()) {
            giveUp(); // another replica may have a session
            return;
        }
        if (!isOurs()) {
            stopAll();
            return;
        }
        if (source != null) {
            start(missing.getFirst(), source);
            missing.stream().skip(1).forEach(this::start);
        }
        this.streaming.meters().streams(this.running.size());
        postForming();
    }

    /**
     * Whoever gets a session keeps it from being idle, so nobody asks for one in vain.
     */
    private boolean isFree() {
        return Boolean.TRUE.equals(this.lease.isFree().block(TIMEOUT));
    }

    private boolean isOurs() {
        long asked = System.nanoTime();
        if (Boolean.TRUE.equals(this.lease.take().block(TIMEOUT))) {
            this.streaming.tenure().confirm(asked);
            return true;
        }
        this.streaming.tenure().end();
        return false;
    }

    private Set<String> wanted() {
        Set<String> wanted = new TreeSet<>(this.settings.of(this.feed.name()));
        Set<String> wished = Objects
            .requireNonNull(this.table.wanted(this.feed.name(), this.settings.maxStreams()).block(TIMEOUT));
        wished.stream().limit(Math.max(0, this.settings.maxStreams() - wanted.size())).forEach(wanted::add);
        return wanted;
    }

    private boolean mayStart(String symbol) {
        Long pausedUntil = this.pauses.get(symbol);
        return !this.running.containsKey(symbol) && (pausedUntil == null || System.nanoTime() - pausedUntil >= 0);
    }

    private @Nullable MarketDataSource source() {
        return this.feed.sources().get().block(TIMEOUT);
    }

    /** Each from the next source in turn. */
    private void start(String symbol) {
        MarketDataSource source = source();
        if (source != null) {
            start(symbol, source);
        } // else it has just ended
    }

    private void start(String symbol, MarketDataSource source) {
        Running started = new Running(new PriceStream(symbol, source, this.streaming), new BackgroundTasks());
        this.running.put(symbol, started);
        started.lifeline().run(started.stream().run(() -> begun(symbol)), (failure) -> ended(symbol, started, failure));
    }

    /** The broker has sent a first update. */
    private void begun(String symbol) {
        log.info("streaming {} of {}", symbol, this.feed.name());
        tell(symbol, StreamState.STREAMING);
    }

    /** May come on any thread. */
    private void ended(String symbol, Running stream, @Nullable Throwable failure) {
        boolean notTraded = failure instanceof BrokerException broker
                && broker.kind() == BrokerException.Kind.NO_SUCH_SYMBOL;
        log.warn("the stream of {} of {} ended: {}", symbol, this.feed.name(), String.valueOf(failure));
        this.pauses.put(symbol, System.nanoTime() + (notTraded ? MUCH_LATER : RETRY_DELAY));
        this.running.remove(symbol, stream);
        tell(symbol, notTraded ? StreamState.NOT_TRADED : StreamState.WAITING);
    }

    /** Of use to people only, so nobody waits for it. */
    private void tell(String symbol, StreamState state) {
        this.posts.run(this.table.tell(this.feed.name(), symbol, state), (error) -> {
            if (error != null) {
                log.debug("the state of {} cannot be published", symbol, error);
            }
        });
    }

    /** At most one request is on its way; what changes meanwhile is told in the next. */
    private void postForming() {
        if (!this.posting.compareAndSet(false, true)) {
            return;
        }
        List<CandlePayload> forming = new ArrayList<>();
        for (Running each : this.running.values()) {
            if (forming.size() < IngestClient.MAX_CANDLES) {
                each.stream().forming().ifPresent(forming::add);
            }
        }
        this.posts.run(this.streaming.post(forming).then(), (failure) -> this.posting.set(false));
    }

    private void stop(String symbol) {
        Running stream = this.running.remove(symbol);
        if (stream != null) {
            stream.lifeline().cancelAll();
            log.info("{} of {} is not streamed here any more", symbol, this.feed.name());
        }
    }

    private void stopAll() {
        List.copyOf(this.running.keySet()).forEach(this::stop);
        this.streaming.meters().streams(0);
    }

    private void giveUp() {
        if (this.streaming.tenure().holds(System.nanoTime())) {
            this.streaming.tenure().end();
            this.lease.release().block(TIMEOUT);
            this.streaming.meters().streams(0);
        }
    }

    @Override
    public void close() {
        stopAll();
        this.posts.cancelAll();
        giveUp();
    }

    /**
     * A stream and what ends it.
     *
     * @param stream the stream
     * @param lifeline by which it runs
     */
    private record Running(PriceStream stream, BackgroundTasks lifeline) {

    }

}
