package pregao.session.broker.binance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.CandleUpdate;

/**
 * Candle streams of the market. Each stream is subscribed to once for all subscribers,
 * and gaps are filled over REST.
 */
final class KlineStreams {

    private static final int MAX_BUFFERED_UPDATES = 4096;

    /**
     * How many times in a row Binance may return nothing for a gap before the missing
     * candles are skipped.
     */
    private static final int MAX_ATTEMPTS = 10;

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final Map<String, KlineSubscription> subscriptions = new HashMap<>();

    private final EventLoop eventLoop;

    private final MarketStreamConnection connection;

    private final BinanceRestClient restClient;

    private final BackgroundTasks backgroundTasks;

    KlineStreams(EventLoop eventLoop, MarketStreamConnection connection, BinanceRestClient restClient,
            BackgroundTasks backgroundTasks) {
        this.eventLoop = eventLoop;
        this.connection = connection;
        this.restClient = restClient;
        this.backgroundTasks = backgroundTasks;
    }

    /**
     * Streams candles. A subscriber with more than 4,096 waiting updates fails with an
     * error.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @param seconds the length of a candle in seconds
     * @param interval Binance's name of the same length
     * @return the updates
     */
    Flux<CandleUpdate> stream(String symbol, int seconds, String interval) {
        String streamName = symbol.toLowerCase(Locale.ROOT) + "@kline_" + interval;
        RestRequest request = KlineParser.createRequest(symbol, interval);
        return Flux.<CandleUpdate>create((sink) -> {
            this.eventLoop.execute(() -> addSubscriber(streamName, new KlineSubscription(seconds, request), sink));
            sink.onDispose(() -> this.eventLoop.execute(() -> removeSubscriber(streamName, sink)));
        }, FluxSink.OverflowStrategy.IGNORE).onBackpressureBuffer(MAX_BUFFERED_UPDATES);
    }

    /** Advances the time of all streams; called once per second. */
    void advanceTime() {
        long nowSeconds = Math.floorDiv(this.restClient.serverClock().millis(), 1000L);
        this.subscriptions.values().forEach((subscription) -> {
            subscription.sequencer.advanceTime(nowSeconds);
            fillGap(subscription);
        });
    }

    void completeAll() {
        this.subscriptions.values()
            .forEach((subscription) -> List.copyOf(subscription.sinks).forEach(FluxSink::complete));
        this.subscriptions.clear();
    }

    private void addSubscriber(String streamName, KlineSubscription newSubscription, FluxSink<CandleUpdate> sink) {
        KlineSubscription subscription = this.subscriptions.get(streamName);
        if (subscription == null && !this.connection.hasCapacityFor(1)) {
            sink.error(new BrokerException(BrokerException.Kind.REFUSED, "there are too many streams"));
            return;
        }
        if (subscription == null) {
            subscription = newSubscription;
            this.subscriptions.put(streamName, newSubscription);
            this.connection.addListener(streamName, (event) -> handleEvent(newSubscription, event));
        }
        subscription.sinks.add(sink);
    }

    private void removeSubscriber(String streamName, FluxSink<CandleUpdate> sink) {
        KlineSubscription subscription = this.subscriptions.get(streamName);
        if (subscription != null && subscription.sinks.remove(sink) && subscription.sinks.isEmpty()) {
            this.subscriptions.remove(streamName);
            this.connection.removeListener(streamName);
        }
    }

    private void handleEvent(KlineSubscription subscription, JsonNode event) {
        CandleUpdate update = KlineParser.parseUpdate(event, subscription.seconds);
        if (update != null) {
            subscription.emit(subscription.sequencer.accept(update));
            fillGap(subscription);
        }
    }

    private void fillGap(KlineSubscription subscription) {
        KlineSequencer.Gap gap = subscription.sequencer.findGap();
        if (gap == null || subscription.filling || subscription.sinks.isEmpty()) {
            return;
        }
        subscription.filling = true;
        Mono<Void> fetch = fetchMissing(subscription, gap)
            .doOnNext((candles) -> this.eventLoop.execute(() -> applyFetched(subscription, gap, candles)))
            .then();
        this.backgroundTasks.run(fetch, (error) -> {
            if (error != null) {
                retryFill(subscription);
            }
        });
    }

    private Mono<List<BrokerCandle>> fetchMissing(KlineSubscription subscription, KlineSequencer.Gap gap) {
        RestRequest request = subscription.request.with("startTime", gap.from() * subscription.seconds * 1000)
            .with("endTime", (gap.to() + 1) * subscription.seconds * 1000 - 1)
            .with("limit", KlinePager.MAX_PAGE_SIZE);
        return this.restClient.get(request)
            .map((rows) -> KlineParser.parseCandles(rows, subscription.seconds)
                .stream()
                .filter((candle) -> candle.to() * 1000 <= this.restClient.serverClock().millis())
                .toList());
    }

    private void applyFetched(KlineSubscription subscription, KlineSequencer.Gap gap, List<BrokerCandle> candles) {
        subscription.attempts = candles.isEmpty() ? subscription.attempts + 1 : 0;
        subscription.emit(subscription.sequencer.fillGap(gap, candles, subscription.attempts >= MAX_ATTEMPTS));
        if (subscription.sequencer.findGap() == null) {
            subscription.attempts = 0;
            subscription.filling = false;
        }
        else {
            retryFill(subscription);
        }
    }

    private void retryFill(KlineSubscription subscription) {
        this.backgroundTasks.run(Mono.delay(RETRY_DELAY).then(), (ignored) -> this.eventLoop.execute(() -> {
            subscription.filling = false;
            fillGap(subscription);
        }));
    }

    /**
     * A stream and its subscribers.
     */
    private static final class KlineSubscription {

        private final KlineSequencer sequencer = new KlineSequencer();

        private final List<FluxSink<CandleUpdate>> sinks = new ArrayList<>();

        private final int seconds;

        private final RestRequest request;

        private boolean filling;

        private int attempts;

        KlineSubscription(int seconds, RestRequest request) {
            this.seconds = seconds;
            this.request = request;
        }

        void emit(List<CandleUpdate> updates) {
            for (CandleUpdate update : updates) {
                List.copyOf(this.sinks).forEach((sink) -> sink.next(update));
            }
        }

    }

}
