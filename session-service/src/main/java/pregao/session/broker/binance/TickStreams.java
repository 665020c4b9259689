package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

import pregao.session.broker.api.BrokerException;

/**
 * The best prices and trades of the market, each pair subscribed to once however many
 * listen.
 */
final class TickStreams {

    private static final int MOST_WAITING = 4096;

    private final Map<String, TickSubscription> streams = new HashMap<>();

    private final EventLoop loop;

    private final MarketStreamConnection line;

    private final ServerClock clock;

    TickStreams(EventLoop loop, MarketStreamConnection line, ServerClock clock) {
        this.loop = loop;
        this.line = line;
        this.clock = clock;
    }

    /**
     * Streams ticks; of those that wait because somebody is slow the oldest are dropped.
     * @param symbol of what
     * @return ticks
     */
    Flux<MarketTick> stream(String symbol) {
        String pair = symbol.toLowerCase(Locale.ROOT);
        return Flux.<MarketTick>create((sink) -> {
            this.loop.execute(() -> join(pair, sink));
            sink.onDispose(() -> this.loop.execute(() -> leave(pair, sink)));
        }, FluxSink.OverflowStrategy.IGNORE).onBackpressureBuffer(MOST_WAITING, (dropped) -> {
        }, BufferOverflowStrategy.DROP_OLDEST);
    }

    void interrupt() {
        this.streams.values().forEach((streamed) -> streamed.roll.interrupt());
    }

    void end() {
        this.streams.values().forEach((streamed) -> List.copyOf(streamed.sinks).forEach(FluxSink::complete));
        this.streams.clear();
    }

    private void join(String pair, FluxSink<MarketTick> sink) {
        TickSubscription streamed = this.streams.get(pair);
        if (streamed == null && !this.line.hasRoomFor(2)) {
            sink.error(new BrokerException(BrokerException.Kind.REFUSED, "there are too many streams"));
            return;
        }
        if (streamed == null) {
            TickSubscription fresh = new TickSubscription();
            streamed = fresh;
            this.streams.put(pair, fresh);
            this.line.listen(pair + "@bookTicker", (event) -> fresh.tell(fresh.roll.book(event, this.clock.millis())));
            this.line.listen(pair + "@trade", (event) -> fresh.tell(fresh.roll.trade(event)));
        }
        streamed.sinks.add(sink);
    }

    private void leave(String pair, FluxSink<MarketTick> sink) {
        TickSubscription streamed = this.streams.get(pair);
        if (streamed != null && streamed.sinks.remove(sink) && streamed.sinks.isEmpty()) {
            this.streams.remove(pair);
            this.line.leave(pair + "@bookTicker");
            this.line.leave(pair + "@trade");
        }
    }

    /**
     * A pair and who listens to it.
     */
    private static final class TickSubscription {

        private final TickAssembler roll = new TickAssembler();

        private final List<FluxSink<MarketTick>> sinks = new ArrayList<>();

        void tell(@Nullable MarketTick tick) {
            if (tick != null) {
                List.copyOf(this.sinks).forEach((sink) -> sink.next(tick));
            }
        }

    }

}
