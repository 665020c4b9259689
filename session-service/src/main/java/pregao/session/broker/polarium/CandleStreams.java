package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.CandleUpdate;

/**
 * Candle streams of a session. Each stream is subscribed to once for all subscribers, and
 * gaps are filled with requests.
 */
final class CandleStreams {

    private static final int MAX_BUFFERED_UPDATES = 4096;

    private static final int MAX_CANDLES_PER_REQUEST = 1000;

    private static final int MAX_ATTEMPTS = 10;

    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(10);

    private final Map<Subscription, CandleSubscription> candleSubscriptions = new HashMap<>();

    private final BackgroundTasks backgroundTasks;

    private final ReconnectingWebSocket webSocket;

    private final EventLoop eventLoop;

    private final SessionContext context;

    CandleStreams(ReconnectingWebSocket webSocket, EventLoop eventLoop, SessionContext context,
            BackgroundTasks backgroundTasks) {
        this.webSocket = webSocket;
        this.eventLoop = eventLoop;
        this.context = context;
        this.backgroundTasks = backgroundTasks;
    }

    /**
     * Streams candles. A subscriber with more than 4,096 waiting updates fails with an
     * error.
     * @param activeId the active id of the instrument
     * @param seconds the length of a candle in seconds
     * @return the updates
     */
    Flux<CandleUpdate> stream(int activeId, int seconds) {
        Subscription subscription = Subscription.ofCandles(activeId, seconds);
        return Flux.<CandleUpdate>create((sink) -> {
            this.eventLoop.execute(() -> addSubscriber(subscription, sink));
            sink.onDispose(() -> this.eventLoop.execute(() -> removeSubscriber(subscription, sink)));
        }, FluxSink.OverflowStrategy.IGNORE).onBackpressureBuffer(MAX_BUFFERED_UPDATES);
    }

    void handleCandle(JsonNode message) {
        Subscription subscription = Subscription.ofCandles(message.path("active_id").asInt(0),
                message.path("size").asInt(0));
        CandleSubscription candleSubscription = this.candleSubscriptions.get(subscription);
        BrokerCandle candle = CandleParser.parseCandle(message);
        if (candleSubscription != null && candle != null) {
            emit(candleSubscription, candleSubscription.sequencer().accept(candle));
            fillGap(subscription, candleSubscription);
        }
    }

    /** Advances the time of all streams; called once per second. */
    void advanceTime() {
        long nowSeconds = this.context.clock().seconds();
        this.candleSubscriptions.values()
            .forEach((candleSubscription) -> emit(candleSubscription,
                    candleSubscription.sequencer().advanceTime(nowSeconds)));
    }

    void markInterrupted() {
        this.candleSubscriptions.values()
            .forEach((candleSubscription) -> candleSubscription.sequencer().markInterrupted());
    }

    /** Resumes filling gaps after a reconnect. */
    void resumeGapFilling() {
        this.candleSubscriptions.forEach(this::fillGap);
    }

    void completeAll() {
        this.candleSubscriptions.values()
            .forEach((candleSubscription) -> List.copyOf(candleSubscription.sinks()).forEach(FluxSink::complete));
        this.candleSubscriptions.clear();
    }

    private void addSubscriber(Subscription subscription, FluxSink<CandleUpdate> sink) {
        this.candleSubscriptions
            .computeIfAbsent(subscription, (key) -> new CandleSubscription(new CandleSequencer(), new ArrayList<>()))
            .sinks()
            .add(sink);
        this.webSocket.subscribe(subscription);
    }

    private void removeSubscriber(Subscription subscription, FluxSink<CandleUpdate> sink) {
        CandleSubscription candleSubscription = this.candleSubscriptions.get(subscription);
        if (candleSubscription != null && candleSubscription.sinks().remove(sink)
                && candleSubscription.sinks().isEmpty()) {
            this.candleSubscriptions.remove(subscription);
            this.webSocket.unsubscribe(subscription);
        }
    }

    private static void emit(CandleSubscription candleSubscription, List<CandleUpdate> updates) {
        for (CandleUpdate update : updates) {
            List.copyOf(candleSubscription.sinks()).forEach((sink) -> sink.next(update));
        }
    }

    private void fillGap(Subscription subscription, CandleSubscription candleSubscription) {
        CandleSequencer.Gap gap = candleSubscription.sequencer().gap();
        if (gap != null && !candleSubscription.isFilling() && this.webSocket.isOpen()) {
            candleSubscription.setFilling(true);
            Mono<Void> fetch = fetchMissing(subscription, gap).doOnNext((candles) -> {
                candleSubscription.setFilling(false);
                emit(candleSubscription, candleSubscription.sequencer().fillGap(gap, candles));
                fillGap(subscription, candleSubscription);
            }).then();
            this.backgroundTasks.run(fetch, (error) -> candleSubscription.setFilling(false));
        }
    }

    private Mono<List<BrokerCandle>> fetchMissing(Subscription subscription, CandleSequencer.Gap gap) {
        ObjectNode body = JsonTrees.createObject();
        subscription.filters().forEach(body::put);
        body.put("from_id", Math.max(gap.from(), gap.to() - MAX_CANDLES_PER_REQUEST + 1)).put("to_id", gap.to());
        RpcRequest request = RpcRequest.of("quotes-history.get-candles", "2.0", body, this.context.timeouts().call());
        return this.webSocket.call(request)
            .map(CandleParser::parseCandles)
            .retryWhen(Retry.backoff(MAX_ATTEMPTS, RETRY_DELAY)
                .maxBackoff(MAX_RETRY_DELAY)
                .filter((error) -> error instanceof BrokerException failure
                        && failure.kind() == BrokerException.Kind.TIMED_OUT))
            .onErrorResume(RpcRejectedException.class, (rejection) -> Mono.just(List.of()));
    }

    /**
     * A stream and its subscribers.
     */
    private static final class CandleSubscription {

        private final CandleSequencer sequencer;

        private final List<FluxSink<CandleUpdate>> sinks;

        private boolean filling;

        CandleSubscription(CandleSequencer sequencer, List<FluxSink<CandleUpdate>> sinks) {
            this.sequencer = sequencer;
            this.sinks = sinks;
        }

        CandleSequencer sequencer() {
            return this.sequencer;
        }

        List<FluxSink<CandleUpdate>> sinks() {
            return this.sinks;
        }

        boolean isFilling() {
            return this.filling;
        }

        void setFilling(boolean filling) {
            this.filling = filling;
        }

    }

}
