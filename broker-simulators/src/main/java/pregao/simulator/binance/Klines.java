package pregao.simulator.binance;

import java.math.BigDecimal;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * The candles of every pair and interval, computed from the trades when asked for.
 */
final class Klines {

    /** Before this there is no history, epoch seconds. */
    static final long OLDEST = 1_600_041_600;

    private static final int MAX_COUNT = 1000;

    /** Of longer candles only the trade at each minute's start is looked at. */
    private static final int EVERY_SECOND_UP_TO = 3600;

    /** Of still longer ones only that at each hour's start. */
    private static final int EVERY_MINUTE_UP_TO = 86_400;

    private final PriceGenerator prices;

    private final SimulatorClock clock;

    Klines(PriceGenerator prices, SimulatorClock clock) {
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * The candles of a time.
     * @param pair of what
     * @param interval of a candle
     * @param from the earliest open time, epoch milliseconds, or -1 for the latest ones
     * @param to the latest open time, epoch milliseconds
     * @param limit at most so many
     * @return rows, oldest first; the last may be unfinished
     */
    ArrayNode rows(Pair pair, Interval interval, long from, long to, int limit) {
        int most = Math.min(MAX_COUNT, limit);
        long last = interval.start(Math.floorDiv(Math.min(to, this.clock.millis()), 1000L));
        long first = (from < 0) ? interval.before(last, most - 1L) : from(interval, Math.ceilDiv(from, 1000L));
        first = Math.max(first, from(interval, OLDEST));
        ArrayNode rows = Json.array();
        for (long open = first; open <= last && rows.size() < most; open = interval.next(open)) {
            rows.add(candle(pair, interval, open).row());
        }
        return rows;
    }

    private static long from(Interval interval, long second) {
        long start = interval.start(second);
        return (start == second) ? start : interval.next(start);
    }

    /**
     * A candle as it is now.
     * @param pair of what
     * @param interval of the candle
     * @param open epoch seconds
     * @return of the trades until now
     */
    Kline candle(Pair pair, Interval interval, long open) {
        return between(pair, open, interval.next(open));
    }

    /**
     * What was traded in a time, until now at most.
     * @param pair of what
     * @param open its first second
     * @param next the second after it
     * @return as a candle
     */
    Kline between(Pair pair, long open, long next) {
        long seconds = next - open;
        long end = Math.min(next, this.clock.seconds() + 1);
        int step = (seconds <= EVERY_SECOND_UP_TO) ? 1 : (seconds <= EVERY_MINUTE_UP_TO) ? 60 : 3600;
        long first = this.prices.at(pair, open);
        long last = (end > open) ? this.prices.at(pair, end - 1) : first;
        long low = Math.min(first, last);
        long high = Math.max(first, last);
        long volume = this.prices.steps(pair, open);
        long value = volume * first;
        for (long second = open + step; second < end; second += step) {
            long price = this.prices.at(pair, second);
            low = Math.min(low, price);
            high = Math.max(high, price);
            long steps = this.prices.steps(pair, second);
            volume += steps;
            value += steps * price;
        }
        return new Kline(open, next, pair.decimal(first), pair.decimal(high), pair.decimal(low), pair.decimal(last),
                BigDecimal.valueOf(volume, pair.quantityDecimals()),
                BigDecimal.valueOf(value, pair.quantityDecimals() + pair.decimals()),
                (int) Math.max(1, (end - open) / step));
    }

    /**
     * A candle.
     *
     * @param start epoch seconds
     * @param next when the next one opens, epoch seconds
     * @param open the first price
     * @param high the highest
     * @param low the lowest
     * @param close the last
     * @param volume in the base asset
     * @param value in the quote asset
     * @param trades how many
     */
    record Kline(long start, long next, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close,
            BigDecimal volume, BigDecimal value, int trades) {

        long end() {
            return this.next * 1000 - 1;
        }

        ArrayNode row() {
            return Json.array()
                .add(this.start * 1000)
                .add(Decimals.decimal(this.open))
                .add(Decimals.decimal(this.high))
                .add(Decimals.decimal(this.low))
                .add(Decimals.decimal(this.close))
                .add(Decimals.decimal(this.volume))
                .add(end())
                .add(Decimals.decimal(this.value))
                .add(this.trades)
                .add(Decimals.decimal(this.volume))
                .add(Decimals.decimal(this.value))
                .add("0");
        }

        ObjectNode event(String symbol, String interval, boolean closed) {
            return Json.object()
                .put("t", this.start * 1000)
                .put("T", end())
                .put("s", symbol)
                .put("i", interval)
                .put("f", this.start)
                .put("L", this.start + this.trades - 1)
                .put("o", Decimals.decimal(this.open))
                .put("c", Decimals.decimal(this.close))
                .put("h", Decimals.decimal(this.high))
                .put("l", Decimals.decimal(this.low))
                .put("v", Decimals.decimal(this.volume))
                .put("n", this.trades)
                .put("x", closed)
                .put("q", Decimals.decimal(this.value))
                .put("V", Decimals.decimal(this.volume))
                .put("Q", Decimals.decimal(this.value))
                .put("B", "0");
        }

    }

}
