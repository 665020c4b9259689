package pregao.simulator.binance;

import java.math.BigDecimal;
import java.util.Map;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * The candles of every pair and interval, computed from the trades when asked for.
 */
final class Klines {

    static final Map<String, Integer> INTERVALS = Map.ofEntries(Map.entry("1s", 1), Map.entry("1m", 60),
            Map.entry("3m", 180), Map.entry("5m", 300), Map.entry("15m", 900), Map.entry("30m", 1800),
            Map.entry("1h", 3600), Map.entry("2h", 7200), Map.entry("4h", 14_400), Map.entry("6h", 21_600),
            Map.entry("8h", 28_800), Map.entry("12h", 43_200), Map.entry("1d", 86_400));

    /** Before this there is no history, epoch seconds. */
    static final long OLDEST = 1_600_041_600;

    private static final int MOST = 1000;

    /** Of longer candles only the trade at each minute's start is looked at. */
    private static final int EVERY_SECOND_UP_TO = 3600;

    private final Prices prices;

    private final SimulatorClock clock;

    Klines(Prices prices, SimulatorClock clock) {
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * The candles of a time.
     * @param pair of what
     * @param seconds of a candle
     * @param from the earliest open time, epoch milliseconds, or -1 for the latest ones
     * @param to the latest open time, epoch milliseconds
     * @param limit at most so many
     * @return rows, oldest first; the last may be unfinished
     */
    ArrayNode rows(Pair pair, int seconds, long from, long to, int limit) {
        long most = Math.min(MOST, limit);
        long last = Math.floorDiv(Math.min(to, this.clock.millis()), seconds * 1000L) * seconds;
        long first = (from < 0) ? last - (most - 1) * seconds : Math.ceilDiv(from, seconds * 1000L) * seconds;
        first = Math.max(first, Math.ceilDiv(OLDEST, seconds) * seconds);
        ArrayNode rows = Json.array();
        for (long open = first; open <= last && rows.size() < most; open += seconds) {
            rows.add(candle(pair, seconds, open).row());
        }
        return rows;
    }

    /**
     * A candle as it is now.
     * @param pair of what
     * @param seconds of a candle
     * @param open epoch seconds
     * @return of the trades until now
     */
    Kline candle(Pair pair, int seconds, long open) {
        long end = Math.min(open + seconds, this.clock.seconds() + 1);
        int step = (seconds <= EVERY_SECOND_UP_TO) ? 1 : 60;
        long first = this.prices.at(pair, open);
        long last = first;
        long low = first;
        long high = first;
        long volume = this.prices.steps(pair, open);
        long value = volume * first;
        for (long second = open + step; second < end; second += step) {
            last = this.prices.at(pair, second);
            low = Math.min(low, last);
            high = Math.max(high, last);
            long steps = this.prices.steps(pair, second);
            volume += steps;
            value += steps * last;
        }
        return new Kline(open, seconds, pair.decimal(first), pair.decimal(high), pair.decimal(low), pair.decimal(last),
                BigDecimal.valueOf(volume, pair.quantityDecimals()),
                BigDecimal.valueOf(value, pair.quantityDecimals() + pair.decimals()),
                (int) Math.max(1, (end - open) / step));
    }

    /**
     * A candle.
     *
     * @param start epoch seconds
     * @param seconds how long it is
     * @param open the first price
     * @param high the highest
     * @param low the lowest
     * @param close the last
     * @param volume in the base asset
     * @param value in the quote asset
     * @param trades how many
     */
    record Kline(long start, int seconds, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close,
            BigDecimal volume, BigDecimal value, int trades) {

        long end() {
            return (this.start + this.seconds) * 1000 - 1;
        }

        ArrayNode row() {
            return Json.array()
                .add(this.start * 1000)
                .add(Texts.decimal(this.open))
                .add(Texts.decimal(this.high))
                .add(Texts.decimal(this.low))
                .add(Texts.decimal(this.close))
                .add(Texts.decimal(this.volume))
                .add(end())
                .add(Texts.decimal(this.value))
                .add(this.trades)
                .add(Texts.decimal(this.volume))
                .add(Texts.decimal(this.value))
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
                .put("o", Texts.decimal(this.open))
                .put("c", Texts.decimal(this.close))
                .put("h", Texts.decimal(this.high))
                .put("l", Texts.decimal(this.low))
                .put("v", Texts.decimal(this.volume))
                .put("n", this.trades)
                .put("x", closed)
                .put("q", Texts.decimal(this.value))
                .put("V", Texts.decimal(this.volume))
                .put("Q", Texts.decimal(this.value))
                .put("B", "0");
        }

    }

}
