package pregao.simulator.binance;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Something of the market to listen to.
 *
 * @param name such as {@code btcusdt@kline_1m}
 * @param pair of what
 * @param kind such as {@code kline}
 * @param interval of candles, or null
 */
record MarketStream(String name, Pair pair, String kind, @Nullable Interval interval) {

    private static final List<String> KINDS = List.of("trade", "aggTrade", "bookTicker", "ticker");

    /**
     * The stream of a name.
     * @param name as it is subscribed to
     * @return null where there is none, of which the broker says nothing either
     */
    static @Nullable MarketStream named(String name) {
        int at = name.indexOf('@');
        Pair pair = (at < 0) ? null : Pair.named(name.substring(0, at).toUpperCase(Locale.ROOT));
        if (pair == null || !name.substring(0, at).equals(name.substring(0, at).toLowerCase(Locale.ROOT))) {
            return null;
        }
        String rest = name.substring(at + 1);
        if (KINDS.contains(rest)) {
            return new MarketStream(name, pair, rest, null);
        }
        Interval interval = rest.startsWith("kline_") ? Interval.named(rest.substring("kline_".length())) : null;
        return (interval == null) ? null : new MarketStream(name, pair, "kline", interval);
    }

}
