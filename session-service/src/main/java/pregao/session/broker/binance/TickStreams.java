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
 * Streams of best prices and trades. Each symbol is subscribed to once for all
 * subscribers.
 */
final class TickStreams {

    private static final int MAX_BUFFERED_TICKS = 4096;

    private final Map<String, TickSubscription> subscriptions = new HashMap<>();

    private final EventLoop eventLoop;

    private final MarketStreamConnection connection;

    private final ServerClock serverClock;

    TickStreams(EventLoop eventLoop, MarketStreamConnection connection, ServerClock serverClock) {
        this.eventLoop = eventLoop;
        this.connection = connection;
        this.serverClock = serverClock;
    }

    /**
     * Streams ticks. If a subscriber is slow, the oldest waiting ticks are dropped.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @return the ticks
     */
    Flux<MarketTick> stream(String symbol) {
        String pair = symbol.toLowerCase(Locale.ROOT);
        return Flux.<MarketTick>create((sink) -> {
            this.eventLoop.execute(() -> addSubscriber(pair, sink));
            sink.onDispose(() -> this.eventLoop.execute(() -> removeSubscriber(pair, sink)));
        }, FluxSink.OverflowStrategy.IGNORE).onBackpressureBuffer(MAX_BUFFERED_TICKS, (dropped) -> {
        }, BufferOverflowStrategy.DROP_OLDEST);
    }

    void reset() {
        this.subscriptions.values().forEach((subscription) -> subscription.assembler.reset());
    }

    void completeAll() {
        this.subscriptions.values()
            .forEach((subscription) -> List.copyOf(subscription.sinks).forEach(FluxSink::complete));
        this.subscriptions.clear();
    }

    private void addSubscriber(String pair, FluxSink<MarketTick> sink) {
        TickSubscription subscription = this.subscriptions.get(pair);
        if (subscription == null && !this.connection.hasCapacityFor(2)) {
            sink.error(new BrokerException(BrokerException.Kind.REFUSED, "there are too many streams"));
            return;
        }
        if (subscription == null) {
            TickSubscription newSubscription = new TickSubscription();
            subscription = newSubscription;
            this.subscriptions.put(pair, newSubscription);
            this.connection.addListener(pair + "@bookTicker", (event) -> newSubscription
                .emit(newSubscription.assembler.applyBookTicker(event, this.serverClock.millis())));
            this.connection.addListener(pair + "@trade",
                    (event) -> newSubscription.emit(newSubscription.assembler.applyTrade(event)));
        }
        subscription.sinks.add(sink);
    }

    private void removeSubscriber(String pair, FluxSink<MarketTick> sink) {
        TickSubscription subscription = this.subscriptions.get(pair);
        if (subscription != null && subscription.sinks.remove(sink) && subscription.sinks.isEmpty()) {
            this.subscriptions.remove(pair);
            this.connection.removeListener(pair + "@bookTicker");
            this.connection.removeListener(pair + "@trade");
        }
    }

    /**
     * A symbol and its subscribers.
     */
    private static final class TickSubscription {

        private final TickAssembler assembler = new TickAssembler();

        private final List<FluxSink<MarketTick>> sinks = new ArrayList<>();

        void emit(@Nullable MarketTick tick) {
            if (tick != null) {
                List.copyOf(this.sinks).forEach((sink) -> sink.next(tick));
            }
        }

    }

}
