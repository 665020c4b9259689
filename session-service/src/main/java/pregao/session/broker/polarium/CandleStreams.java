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
 * The candle streams of a session, each subscribed to once however many listen, and
 * filled where something was missed.
 */
final class CandleStreams {

    private static final int MOST_WAITING = 4096;

    private static final int MOST_MISSING = 1000;

    private static final int MAX_ATTEMPTS = 10;

    private static final Duration FIRST_TRY = Duration.ofMillis(100);

    private static final Duration LONGEST_TRY = Duration.ofSeconds(10);

    private final Map<Subscription, CandleSubscription> streams = new HashMap<>();

    private final BackgroundTasks lifeline;

    private final ReconnectingWebSocket link;

    private final EventLoop loop;

    private final SessionContext plan;

    CandleStreams(ReconnectingWebSocket link, EventLoop loop, SessionContext plan, BackgroundTasks lifeline) {
        this.link = link;
        this.loop = loop;
        this.plan = plan;
        this.lifeline = lifeline;
    }

    /**
     * Streams candles; whoever lets more than 4,096 updates wait is cut off with an
     * error.
     * @param active of what
     * @param seconds of a candle
     * @return updates
     */
    Flux<CandleUpdate> stream(int active, int seconds) {
        Subscription subscription = Subscription.candles(active, seconds);
        return Flux.<CandleUpdate>create((sink) -> {
            this.loop.execute(() -> join(subscription, sink));
            sink.onDispose(() -> this.loop.execute(() -> leave(subscription, sink)));
        }, FluxSink.OverflowStrategy.IGNORE).onBackpressureBuffer(MOST_WAITING);
    }

    void take(JsonNode message) {
        Subscription subscription = Subscription.candles(message.path("active_id").asInt(0),
                message.path("size").asInt(0));
        CandleSubscription streamed = this.streams.get(subscription);
        BrokerCandle candle = CandleParser.one(message);
        if (streamed != null && candle != null) {
            tell(streamed, streamed.roll().take(candle));
            fill(subscription, streamed);
        }
    }

    /** Lets time pass; once a second. */
    void pass() {
        long now = this.plan.clock().seconds();
        this.streams.values().forEach((streamed) -> tell(streamed, streamed.roll().pass(now)));
    }

    void interrupt() {
        this.streams.values().forEach((streamed) -> streamed.roll().interrupt());
    }

    /** The connection is back: what was not filled is filled now. */
    void resume() {
        this.streams.forEach(this::fill);
    }

    void end() {
        this.streams.values().forEach((streamed) -> List.copyOf(streamed.sinks()).forEach(FluxSink::complete));
        this.streams.clear();
    }

    private void join(Subscription subscription, FluxSink<CandleUpdate> sink) {
        this.streams
            .computeIfAbsent(subscription, (key) -> new CandleSubscription(new CandleSequencer(), new ArrayList<>()))
            .sinks()
            .add(sink);
        this.link.subscribe(subscription);
    }

    private void leave(Subscription subscription, FluxSink<CandleUpdate> sink) {
        CandleSubscription streamed = this.streams.get(subscription);
        if (streamed != null && streamed.sinks().remove(sink) && streamed.sinks().isEmpty()) {
            this.streams.remove(subscription);
            this.link.unsubscribe(subscription);
        }
    }

    private static void tell(CandleSubscription streamed, List<CandleUpdate> updates) {
        for (CandleUpdate update : updates) {
            List.copyOf(streamed.sinks()).forEach((sink) -> sink.next(update));
        }
    }

    private void fill(Subscription subscription, CandleSubscription streamed) {
        CandleSequencer.Gap gap = streamed.roll().gap();
        if (gap != null && !streamed.filling() && this.link.isOpen()) {
            streamed.filling(true);
            Mono<Void> filled = missing(subscription, gap).doOnNext((candles) -> {
                streamed.filling(false);
                tell(streamed, streamed.roll().fill(gap, candles));
                fill(subscription, streamed);
            }).then();
            this.lifeline.run(filled, (error) -> streamed.filling(false));
        }
    }

    private Mono<List<BrokerCandle>> missing(Subscription subscription, CandleSequencer.Gap gap) {
        ObjectNode body = JsonTrees.object();
        subscription.filters().forEach(body::put);
        body.put("from_id", Math.max(gap.from(), gap.to() - MOST_MISSING + 1)).put("to_id", gap.to());
        RpcRequest call = RpcRequest.question("quotes-history.get-candles", "2.0", body, this.plan.timeouts().call());
        return this.link.ask(call)
            .map(CandleParser::all)
            .retryWhen(Retry.backoff(MAX_ATTEMPTS, FIRST_TRY)
                .maxBackoff(LONGEST_TRY)
                .filter((error) -> error instanceof BrokerException failure
                        && failure.kind() == BrokerException.Kind.TIMED_OUT))
            .onErrorResume(RpcRejectedException.class, (refused) -> Mono.just(List.of()));
    }

    /**
     * A stream and who listens to it.
     */
    private static final class CandleSubscription {

        private final CandleSequencer roll;

        private final List<FluxSink<CandleUpdate>> sinks;

        private boolean filling;

        CandleSubscription(CandleSequencer roll, List<FluxSink<CandleUpdate>> sinks) {
            this.roll = roll;
            this.sinks = sinks;
        }

        CandleSequencer roll() {
            return this.roll;
        }

        List<FluxSink<CandleUpdate>> sinks() {
            return this.sinks;
        }

        boolean filling() {
            return this.filling;
        }

        void filling(boolean now) {
            this.filling = now;
        }

    }

}
