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
 * The candle streams of the market, each subscribed to once however many listen, and
 * filled where something was missed.
 */
final class KlineStreams {

    private static final int MOST_WAITING = 4096;

    /** So often the broker is asked for a candle before it is taken for never made. */
    private static final int MAX_ATTEMPTS = 10;

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final Map<String, KlineSubscription> streams = new HashMap<>();

    private final EventLoop loop;

    private final MarketStreamConnection line;

    private final BinanceRestClient rest;

    private final BackgroundTasks lifeline;

    KlineStreams(EventLoop loop, MarketStreamConnection line, BinanceRestClient rest, BackgroundTasks lifeline) {
        this.loop = loop;
        this.line = line;
        this.rest = rest;
        this.lifeline = lifeline;
    }

    /**
     * Streams candles; whoever lets more than 4,096 updates wait is cut off with an
     * error.
     * @param symbol of what
     * @param seconds of a candle
     * @param interval the same, as the broker says it
     * @return updates
     */
    Flux<CandleUpdate> stream(String symbol, int seconds, String interval) {
        String name = symbol.toLowerCase(Locale.ROOT) + "@kline_" + interval;
        RestRequest question = KlineParser.question(symbol, interval);
        return Flux.<CandleUpdate>create((sink) -> {
            this.loop.execute(() -> join(name, new KlineSubscription(seconds, question), sink));
            sink.onDispose(() -> this.loop.execute(() -> leave(name, sink)));
        }, FluxSink.OverflowStrategy.IGNORE).onBackpressureBuffer(MOST_WAITING);
    }

    /** Lets time pass; once a second. */
    void pass() {
        long now = Math.floorDiv(this.rest.clock().millis(), 1000L);
        this.streams.values().forEach((streamed) -> {
            streamed.roll.pass(now);
            fill(streamed);
        });
    }

    void end() {
        this.streams.values().forEach((streamed) -> List.copyOf(streamed.sinks).forEach(FluxSink::complete));
        this.streams.clear();
    }

    private void join(String name, KlineSubscription fresh, FluxSink<CandleUpdate> sink) {
        KlineSubscription streamed = this.streams.get(name);
        if (streamed == null && !this.line.hasRoomFor(1)) {
            sink.error(new BrokerException(BrokerException.Kind.REFUSED, "there are too many streams"));
            return;
        }
        if (streamed == null) {
            streamed = fresh;
            this.streams.put(name, fresh);
            this.line.listen(name, (event) -> take(fresh, event));
        }
        streamed.sinks.add(sink);
    }

    private void leave(String name, FluxSink<CandleUpdate> sink) {
        KlineSubscription streamed = this.streams.get(name);
        if (streamed != null && streamed.sinks.remove(sink) && streamed.sinks.isEmpty()) {
            this.streams.remove(name);
            this.line.leave(name);
        }
    }

    private void take(KlineSubscription streamed, JsonNode event) {
        CandleUpdate update = KlineParser.update(event, streamed.seconds);
        if (update != null) {
            streamed.tell(streamed.roll.take(update));
            fill(streamed);
        }
    }

    private void fill(KlineSubscription streamed) {
        KlineSequencer.Gap gap = streamed.roll.gap();
        if (gap == null || streamed.filling || streamed.sinks.isEmpty()) {
            return;
        }
        streamed.filling = true;
        Mono<Void> filled = missing(streamed, gap)
            .doOnNext((candles) -> this.loop.execute(() -> filled(streamed, gap, candles)))
            .then();
        this.lifeline.run(filled, (error) -> {
            if (error != null) {
                again(streamed);
            }
        });
    }

    private Mono<List<BrokerCandle>> missing(KlineSubscription streamed, KlineSequencer.Gap gap) {
        RestRequest restRequest = streamed.question.with("startTime", gap.from() * streamed.seconds * 1000)
            .with("endTime", (gap.to() + 1) * streamed.seconds * 1000 - 1)
            .with("limit", KlinePager.MAX_COUNT);
        return this.rest.ask(restRequest)
            .map((rows) -> KlineParser.all(rows, streamed.seconds)
                .stream()
                .filter((candle) -> candle.to() * 1000 <= this.rest.clock().millis())
                .toList());
    }

    private void filled(KlineSubscription streamed, KlineSequencer.Gap gap, List<BrokerCandle> candles) {
        streamed.tries = candles.isEmpty() ? streamed.tries + 1 : 0;
        streamed.tell(streamed.roll.fill(gap, candles, streamed.tries >= MAX_ATTEMPTS));
        if (streamed.roll.gap() == null) {
            streamed.tries = 0;
            streamed.filling = false;
        }
        else {
            again(streamed);
        }
    }

    private void again(KlineSubscription streamed) {
        this.lifeline.run(Mono.delay(RETRY_DELAY).then(), (end) -> this.loop.execute(() -> {
            streamed.filling = false;
            fill(streamed);
        }));
    }

    /**
     * A stream and who listens to it.
     */
    private static final class KlineSubscription {

        private final KlineSequencer roll = new KlineSequencer();

        private final List<FluxSink<CandleUpdate>> sinks = new ArrayList<>();

        private final int seconds;

        private final RestRequest question;

        private boolean filling;

        private int tries;

        KlineSubscription(int seconds, RestRequest question) {
            this.seconds = seconds;
            this.question = question;
        }

        void tell(List<CandleUpdate> updates) {
            for (CandleUpdate update : updates) {
                List.copyOf(this.sinks).forEach((sink) -> sink.next(update));
            }
        }

    }

}
