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

    private static final int LOOKS = 5;

    private final StreamCursor place = new StreamCursor();

    private final AtomicReference<@Nullable BrokerCandle> forming = new AtomicReference<>();

    private final String symbol;

    private final MarketDataSource source;

    private final StreamContext streaming;

    PriceStream(String symbol, MarketDataSource source, StreamContext streaming) {
        this.symbol = symbol;
        this.source = source;
        this.streaming = streaming;
    }

    /**
     * Streams until the source ends or something is wrong for good.
     * @param onBegin called with the first update of the source
     * @return ends with an error only
     */
    Mono<Void> run(Runnable onBegin) {
        return this.streaming.door()
            .fetchCursor(this.streaming.key(), this.symbol, Timeframe.M1)
            .retryWhen(RetrySpecs.unlimited(IngestUnavailableException.class::isInstance))
            .doOnNext(this::begin)
            .thenMany(Flux.defer(() -> bells(onBegin)))
            .onBackpressureLatest()
            .concatMap(this::catchUp, 0)
            .then();
    }

    /**
     * What is to be told of the forming candle.
     * @return each state once; empty where there is nothing new, or nothing to be told
     * yet
     */
    Optional<CandlePayload> forming() {
        BrokerCandle candle = this.forming.get();
        if (candle == null || !this.place.allows(candle)) {
            return Optional.empty();
        }
        this.forming.compareAndSet(candle, null);
        return Optional.of(new CandlePayload(this.symbol, Timeframe.M1, candle, false));
    }

    private void begin(Optional<Instant> next) {
        long now = now();
        long first = now - this.streaming.history().toSeconds();
        this.place.begin(next.map(Instant::getEpochSecond).orElse(first), now);
    }

    private long now() {
        return this.streaming.clock().instant().getEpochSecond();
    }

    /** A bell for each closed candle, and first for the newest closed one. */
    private Flux<CandleClosed> bells(Runnable onBegin) {
        return this.source.stream(this.symbol).switchOnFirst((first, updates) -> {
            if (first.hasValue()) {
                onBegin.run();
            }
            return updates;
        })
            .concatWith(Mono.error(() -> new BrokerException(BrokerException.Kind.LOST, "the session ended")))
            .doOnNext(this::see)
            .filter(CandleUpdate::closed)
            .map((update) -> new CandleClosed(update.candle().to(), this.source.closesWhole() ? update.candle() : null))
            .startWith(new CandleClosed(StreamCursor.minute(now()), null));
    }

    private void see(CandleUpdate update) {
        this.streaming.meters().seen();
        if (!update.closed()) {
            this.forming.set(update.candle());
        }
    }

    private Mono<Void> catchUp(CandleClosed bell) {
        return Mono.defer(() -> {
            StreamCursor.FetchWindow page = this.place.page(bell.until());
            if (page == null) {
                return Mono.empty();
            }
            Mono<List<BrokerCandle>> candles = bell.isAllOf(page) ? Mono.justOrEmpty(bell.whole()).map(List::of)
                    : candles(page);
            Mono<Void> stored = stored(page, candles).retryWhen(RetrySpecs.unlimited(PriceStream::isForNow));
            return page.last() ? stored : stored.then(catchUp(bell));
        });
    }

    private Mono<Void> stored(StreamCursor.FetchWindow page, Mono<List<BrokerCandle>> asked) {
        return asked.flatMap((candles) -> Flux.fromIterable(candles)
            .map((candle) -> new CandlePayload(this.symbol, Timeframe.M1, candle, true))
            .buffer(IngestClient.MAX_CANDLES)
            .concatMap(this.streaming::post)
            .then()
            .doOnSuccess((done) -> this.place.stored(page, candles)));
    }

    /** The broker's history may be a moment behind its stream. */
    private Mono<List<BrokerCandle>> candles(StreamCursor.FetchWindow page) {
        Mono<List<BrokerCandle>> asked = this.source.candles(this.symbol, StreamCursor.MINUTE,
                Instant.ofEpochSecond(page.from()), Instant.ofEpochSecond(page.to()));
        return asked.filter((candles) -> !page.lacksItsEnd(candles))
            .repeatWhenEmpty(
                    (looks) -> looks.take(LOOKS).delayUntil((look) -> Mono.delay(RETRY_DELAY.multipliedBy(1L << look))))
            .switchIfEmpty(asked);
    }

    /**
     * That a candle has closed.
     *
     * @param until its end, epoch seconds
     * @param whole the candle; null where the broker's history has to be asked for it
     */
    private record CandleClosed(long until, @Nullable BrokerCandle whole) {

        boolean isAllOf(StreamCursor.FetchWindow page) {
            return this.whole != null && this.whole.from() == page.from() && this.whole.to() == page.to();
        }

    }

    private static boolean isForNow(Throwable failure) {
        return failure instanceof IngestUnavailableException
                || (failure instanceof BrokerException broker && broker.isTransient());
    }

}
