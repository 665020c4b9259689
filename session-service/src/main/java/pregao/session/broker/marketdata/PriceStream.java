package pregao.session.broker.marketdata;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Timeframe;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.ingest.CandlePayload;
import pregao.session.broker.ingest.IngestClient;
import pregao.session.broker.ingest.IngestUnavailableException;
import pregao.session.broker.ingest.RetrySpecs;

/**
 * The stream of one instrument from a broker to ingest.
 *
 * <p>
 * When a candle closes, the stream fetches all final candles that are not stored yet from
 * the history of the broker. The last update of a stream may be a second older than the
 * end of the candle, and a final candle that is stored does not change any more. The
 * fetch is skipped only if nothing else is missing and the final candles of the stream
 * are authoritative. Therefore no final candle is kept in memory, and each interruption
 * is recovered in the same way.
 */
final class PriceStream {

    private static final Duration RETRY_DELAY = Duration.ofMillis(250);

    private static final int MAX_ATTEMPTS = 5;

    private final StreamCursor cursor = new StreamCursor();

    private final AtomicReference<@Nullable BrokerCandle> forming = new AtomicReference<>();

    private final String symbol;

    private final MarketDataSource source;

    private final StreamContext context;

    PriceStream(String symbol, MarketDataSource source, StreamContext context) {
        this.symbol = symbol;
        this.source = source;
        this.context = context;
    }

    /**
     * Streams until the source ends or a failure is not retryable.
     * @param onStart called with the first update of the source
     * @return terminates only with an error
     */
    Mono<Void> run(Runnable onStart) {
        return this.context.door()
            .fetchCursor(this.context.key(), this.symbol, Timeframe.M1)
            .retryWhen(RetrySpecs.unlimited(IngestUnavailableException.class::isInstance))
            .doOnNext(this::initializeCursor)
            .thenMany(Flux.defer(() -> candleClosings(onStart)))
            .onBackpressureLatest()
            .concatMap(this::catchUp, 0)
            .then();
    }

    /**
     * Removes and returns the forming candle if it changed and can be published.
     * @return each state once; empty if there is no new state, or if earlier candles are
     * missing
     */
    Optional<CandlePayload> pollForming() {
        BrokerCandle candle = this.forming.get();
        if (candle == null || !this.cursor.canPublishForming(candle)) {
            return Optional.empty();
        }
        this.forming.compareAndSet(candle, null);
        return Optional.of(new CandlePayload(this.symbol, Timeframe.M1, candle, false));
    }

    private void initializeCursor(Optional<Instant> nextMissing) {
        long now = nowSeconds();
        long defaultStart = now - this.context.history().toSeconds();
        this.cursor.initialize(nextMissing.map(Instant::getEpochSecond).orElse(defaultStart), now);
    }

    private long nowSeconds() {
        return this.context.clock().instant().getEpochSecond();
    }

    /**
     * Returns an event for each final candle, after an initial event for the latest one.
     */
    private Flux<CandleClosed> candleClosings(Runnable onStart) {
        return this.source.streamCandles(this.symbol).switchOnFirst((firstSignal, updates) -> {
            if (firstSignal.hasValue()) {
                onStart.run();
            }
            return updates;
        })
            .concatWith(Mono.error(() -> new BrokerException(BrokerException.Kind.LOST, "the session ended")))
            .doOnNext(this::onUpdate)
            .filter(CandleUpdate::closed)
            .map((update) -> new CandleClosed(update.candle().to(),
                    this.source.hasAuthoritativeFinalCandles() ? update.candle() : null))
            .startWith(new CandleClosed(StreamCursor.floorToMinute(nowSeconds()), null));
    }

    private void onUpdate(CandleUpdate update) {
        this.context.meters().recordPrice();
        if (!update.closed()) {
            this.forming.set(update.candle());
        }
    }

    private Mono<Void> catchUp(CandleClosed closed) {
        return Mono.defer(() -> {
            StreamCursor.FetchWindow page = this.cursor.nextWindow(closed.until());
            if (page == null) {
                return Mono.empty();
            }
            Mono<List<BrokerCandle>> candles = closed.covers(page) ? Mono.justOrEmpty(closed.whole()).map(List::of)
                    : fetchPage(page);
            Mono<Void> stored = storePage(page, candles).retryWhen(RetrySpecs.unlimited(PriceStream::isRetryable));
            return page.last() ? stored : stored.then(catchUp(closed));
        });
    }

    private Mono<Void> storePage(StreamCursor.FetchWindow page, Mono<List<BrokerCandle>> pageCandles) {
        return pageCandles.flatMap((candles) -> Flux.fromIterable(candles)
            .map((candle) -> new CandlePayload(this.symbol, Timeframe.M1, candle, true))
            .buffer(IngestClient.MAX_CANDLES)
            .concatMap(this.context::post)
            .then()
            .doOnSuccess((done) -> this.cursor.advance(page, candles)));
    }

    /**
     * Fetches a page. The history of the broker may lag behind its stream, so the request
     * is repeated while the last candle is missing.
     */
    private Mono<List<BrokerCandle>> fetchPage(StreamCursor.FetchWindow page) {
        Mono<List<BrokerCandle>> request = this.source.candles(this.symbol, StreamCursor.MINUTE_SECONDS,
                Instant.ofEpochSecond(page.from()), Instant.ofEpochSecond(page.to()));
        return request.filter((candles) -> !page.lacksLastCandle(candles))
            .repeatWhenEmpty((attempts) -> attempts.take(MAX_ATTEMPTS)
                .delayUntil((attempt) -> Mono.delay(RETRY_DELAY.multipliedBy(1L << attempt))))
            .switchIfEmpty(request);
    }

    /**
     * The event that a candle has closed.
     *
     * @param until the end of the candle in epoch seconds
     * @param whole the candle, or null if it must be fetched from the history of the
     * broker
     */
    private record CandleClosed(long until, @Nullable BrokerCandle whole) {

        boolean covers(StreamCursor.FetchWindow page) {
            return this.whole != null && this.whole.from() == page.from() && this.whole.to() == page.to();
        }

    }

    private static boolean isRetryable(Throwable failure) {
        return failure instanceof IngestUnavailableException
                || (failure instanceof BrokerException brokerException && brokerException.isTransient());
    }

}
