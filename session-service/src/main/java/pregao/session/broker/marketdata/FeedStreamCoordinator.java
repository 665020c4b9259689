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
 * The coordinator of all streams of a feed, on the one replica that holds its lease.
 */
final class FeedStreamCoordinator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedStreamCoordinator.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final long RETRY_DELAY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long NOT_TRADED_RETRY_DELAY_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Map<String, Running> activeStreams = new ConcurrentHashMap<>();

    /** When a stream that ended may start again, in {@link System#nanoTime} units. */
    private final Map<String, Long> retryAtNanos = new ConcurrentHashMap<>();

    private final AtomicBoolean formingPostInFlight = new AtomicBoolean();

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final BrokerFeed feed;

    private final FeedLeaseRepository lease;

    private final StreamSubscriptionRepository subscriptions;

    private final MarketDataProperties settings;

    private final StreamContext context;

    FeedStreamCoordinator(BrokerFeed feed, FeedLeaseRepository lease, StreamSubscriptionRepository subscriptions,
            MarketDataProperties settings, StreamContext context) {
        this.feed = feed;
        this.lease = lease;
        this.subscriptions = subscriptions;
        this.settings = settings;
        this.context = context;
    }

    /**
     * Renews the lease, stops unwanted streams, and starts missing ones. Runs once per
     * second, on one thread only.
     */
    void reconcileStreams() {
        Set<String> wantedSymbols = findWantedSymbols();
        List.copyOf(this.activeStreams.keySet())
            .stream()
            .filter((symbol) -> !wantedSymbols.contains(symbol))
            .forEach(this::stop);
        this.retryAtNanos.keySet().retainAll(wantedSymbols);
        if (!this.context.tenure().isValid(System.nanoTime()) && !isLeaseAvailable()) {
            stopAll();
            return;
        }
        List<String> missingSymbols = wantedSymbols.stream().filter(this::canStart).toList();
        MarketDataSource source = missingSymbols.isEmpty() ? null : nextSource();
        if (source == null && this.activeStreams.isEmpty()) {
            releaseLease(); // Another replica may have a session.
            return;
        }
        if (!acquireLease()) {
            stopAll();
            return;
        }
        if (source != null) {
            start(missingSymbols.getFirst(), source);
            missingSymbols.stream().skip(1).forEach(this::start);
        }
        this.context.meters().setStreamCount(this.activeStreams.size());
        postForming();
    }

    /**
     * Checked before a source is requested, because requesting a session keeps it from
     * becoming idle.
     */
    private boolean isLeaseAvailable() {
        return Boolean.TRUE.equals(this.lease.isAvailable().block(TIMEOUT));
    }

    private boolean acquireLease() {
        long requestedAtNanos = System.nanoTime();
        if (Boolean.TRUE.equals(this.lease.acquire().block(TIMEOUT))) {
            this.context.tenure().confirm(requestedAtNanos);
            return true;
        }
        this.context.tenure().invalidate();
        return false;
    }

    private Set<String> findWantedSymbols() {
        Set<String> symbols = new TreeSet<>(this.settings.symbolsOfFeed(this.feed.name()));
        Set<String> subscribedSymbols = Objects.requireNonNull(
                this.subscriptions.findSymbols(this.feed.name(), this.settings.maxStreams()).block(TIMEOUT));
        subscribedSymbols.stream()
            .limit(Math.max(0, this.settings.maxStreams() - symbols.size()))
            .forEach(symbols::add);
        return symbols;
    }

    private boolean canStart(String symbol) {
        Long retryAt = this.retryAtNanos.get(symbol);
        return !this.activeStreams.containsKey(symbol) && (retryAt == null || System.nanoTime() - retryAt >= 0);
    }

    private @Nullable MarketDataSource nextSource() {
        return this.feed.sources().get().block(TIMEOUT);
    }

    /**
     * Starts a stream on the next source, so that streams are spread over all sources.
     */
    private void start(String symbol) {
        MarketDataSource source = nextSource();
        if (source != null) {
            start(symbol, source);
        } // Otherwise the source has just ended.
    }

    private void start(String symbol, MarketDataSource source) {
        Running activeStream = new Running(new PriceStream(symbol, source, this.context), new BackgroundTasks());
        this.activeStreams.put(symbol, activeStream);
        activeStream.lifeline()
            .run(activeStream.stream().run(() -> onStarted(symbol)),
                    (failure) -> onEnded(symbol, activeStream, failure));
    }

    /** Called when the broker has sent a first update. */
    private void onStarted(String symbol) {
        log.info("streaming {} of {}", symbol, this.feed.name());
        saveState(symbol, StreamState.STREAMING);
    }

    /** Called when a stream has ended, on any thread. */
    private void onEnded(String symbol, Running activeStream, @Nullable Throwable failure) {
        boolean notTraded = failure instanceof BrokerException brokerException
                && brokerException.kind() == BrokerException.Kind.NO_SUCH_SYMBOL;
        log.warn("the stream of {} of {} ended: {}", symbol, this.feed.name(), String.valueOf(failure));
        this.retryAtNanos.put(symbol,
                System.nanoTime() + (notTraded ? NOT_TRADED_RETRY_DELAY_NANOS : RETRY_DELAY_NANOS));
        this.activeStreams.remove(symbol, activeStream);
        saveState(symbol, notTraded ? StreamState.NOT_TRADED : StreamState.WAITING);
    }

    /**
     * Saves the state of a stream. The state is informational, so nothing waits for it.
     */
    private void saveState(String symbol, StreamState state) {
        this.backgroundTasks.run(this.subscriptions.saveState(this.feed.name(), symbol, state), (error) -> {
            if (error != null) {
                log.debug("the state of {} cannot be published", symbol, error);
            }
        });
    }

    /**
     * Posts the forming candles. At most one request is in flight; later changes are part
     * of the next one.
     */
    private void postForming() {
        if (!this.formingPostInFlight.compareAndSet(false, true)) {
            return;
        }
        List<CandlePayload> forming = new ArrayList<>();
        for (Running activeStream : this.activeStreams.values()) {
            if (forming.size() < IngestClient.MAX_CANDLES) {
                activeStream.stream().pollForming().ifPresent(forming::add);
            }
        }
        this.backgroundTasks.run(this.context.post(forming).then(), (failure) -> this.formingPostInFlight.set(false));
    }

    private void stop(String symbol) {
        Running activeStream = this.activeStreams.remove(symbol);
        if (activeStream != null) {
            activeStream.lifeline().cancelAll();
            log.info("{} of {} is not streamed here any more", symbol, this.feed.name());
        }
    }

    private void stopAll() {
        List.copyOf(this.activeStreams.keySet()).forEach(this::stop);
        this.context.meters().setStreamCount(0);
    }

    private void releaseLease() {
        if (this.context.tenure().isValid(System.nanoTime())) {
            this.context.tenure().invalidate();
            this.lease.release().block(TIMEOUT);
            this.context.meters().setStreamCount(0);
        }
    }

    @Override
    public void close() {
        stopAll();
        this.backgroundTasks.cancelAll();
        releaseLease();
    }

    /**
     * A stream and the tasks that run it.
     *
     * @param stream the stream
     * @param lifeline the tasks, which end the stream when they are canceled
     */
    private record Running(PriceStream stream, BackgroundTasks lifeline) {

    }

}
