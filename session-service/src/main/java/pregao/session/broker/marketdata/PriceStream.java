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
 * One instrument on its way from a broker to ingest.
 *
 * <p>
 * That a candle has closed is the sign to ask the broker for all that are closed and not
 * stored: the last update of a stream may be a second older than the candle's end, and a
 * closed candle is stored for good. Only where nothing else is missing and the stream
 * gave the candle whole there is nothing to ask. So nothing closed is ever kept here, and
 * whatever was interrupted is caught up the same way.
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
     * Streams until the source ends or something is wrong for good.
     * @param onStart called with the first update of the source
     * @return ends with an error only
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
     * What is to be told of the forming candle.
     * @return each state once; empty where there is nothing new, or nothing to be told
     * yet
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

    /** A bell for each closed candle, and first for the newest closed one. */
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

    /** The broker's history may be a moment behind its stream. */
    private Mono<List<BrokerCandle>> fetchPage(StreamCursor.FetchWindow page) {
        Mono<List<BrokerCandle>> request = this.source.candles(this.symbol, StreamCursor.MINUTE_SECONDS,
                Instant.ofEpochSecond(page.from()), Instant.ofEpochSecond(page.to()));
        return request.filter((candles) -> !page.lacksLastCandle(candles))
            .repeatWhenEmpty((attempts) -> attempts.take(MAX_ATTEMPTS)
                .delayUntil((attempt) -> Mono.delay(RETRY_DELAY.multipliedBy(1L << attempt))))
            .switchIfEmpty(request);
    }

    /**
     * That a candle has closed.
     *
     * @param until its end, epoch seconds
     * @param whole the candle; null where the broker's history has to be asked for it
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
