package pregao.simulator.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Faults;
import pregao.simulator.Json;

/**
 * What streams of the market say.
 */
final class MarketEvents {

    private static final int MOST_AT_ONCE = 5;

    private final PriceGenerator prices;

    private final Klines klines;

    private final SimulatorClock clock;

    private final Faults<Fault> faults;

    MarketEvents(PriceGenerator prices, Klines klines, SimulatorClock clock, Faults<Fault> faults) {
        this.prices = prices;
        this.klines = klines;
        this.clock = clock;
        this.faults = faults;
    }

    /**
     * What a stream says of the time since it spoke last.
     * @param stream which
     * @param told until when it spoke, epoch seconds
     * @return events, oldest first
     */
    List<ObjectNode> since(MarketStream stream, long told) {
        long now = this.clock.seconds();
        List<ObjectNode> events = new ArrayList<>();
        Interval interval = stream.interval();
        if (interval != null) {
            kline(stream, interval, told, now, events);
            return events;
        }
        if (stream.kind().equals("ticker")) {
            events
                .add(Ticker.of(stream.pair(), this.prices, this.klines, now).event(event("24hrTicker", stream.pair())));
            return events;
        }
        for (long second = Math.max(told + 1, now - MOST_AT_ONCE); second <= now; second++) {
            events.add(stream.kind().equals("bookTicker") ? book(stream.pair(), second) : trade(stream, second));
        }
        return events;
    }

    private void kline(MarketStream stream, Interval interval, long told, long now, List<ObjectNode> events) {
        long open = interval.start(now);
        long ended = Math.max(interval.start(told), interval.before(open, MOST_AT_ONCE));
        for (; ended < open; ended = interval.next(ended)) {
            if (!this.faults.strikes(Fault.NEVER_CLOSED)) {
                events.add(kline(stream, interval, ended, true));
            }
        }
        events.add(kline(stream, interval, open, false));
    }

    private ObjectNode kline(MarketStream stream, Interval interval, long open, boolean closed) {
        ObjectNode event = event("kline", stream.pair());
        event.set("k", this.klines.candle(stream.pair(), interval, open)
            .event(stream.pair().symbol(), interval.name(), closed));
        return event;
    }

    private ObjectNode trade(MarketStream stream, long second) {
        Pair pair = stream.pair();
        boolean aggregated = stream.kind().equals("aggTrade");
        ObjectNode event = event(stream.kind(), pair).put(aggregated ? "a" : "t", second);
        if (aggregated) {
            event.put("f", second).put("l", second);
        }
        return event.put("p", Decimals.decimal(pair.decimal(this.prices.at(pair, second))))
            .put("q", Decimals.decimal(this.prices.quantity(pair, second)))
            .put("T", second * 1000)
            .put("m", second % 2 == 0)
            .put("M", true);
    }

    private ObjectNode book(Pair pair, long second) {
        long price = this.prices.at(pair, second);
        BigDecimal quantity = this.prices.quantity(pair, second);
        return Json.object()
            .put("u", second)
            .put("s", pair.symbol())
            .put("b", Decimals.decimal(pair.decimal(price - 1)))
            .put("B", Decimals.decimal(quantity))
            .put("a", Decimals.decimal(pair.decimal(price + 1)))
            .put("A", Decimals.decimal(quantity));
    }

    private ObjectNode event(String kind, Pair pair) {
        return Json.object().put("e", kind).put("E", this.clock.millis()).put("s", pair.symbol());
    }

}
