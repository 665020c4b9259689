package pregao.strategy.price;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.strategy.echo.Echo;

/**
 * Keeps the newest record of each instrument, and has its price told four times a second:
 * a busy market costs no more than a quiet one.
 */
@Component
public class PriceBoard {

    private final Map<String, byte[]> newest = new ConcurrentHashMap<>();

    private final Map<String, Long> told = new HashMap<>();

    private final Echo echo;

    private final PriceSettings settings;

    PriceBoard(Echo echo, PriceSettings settings) {
        this.echo = echo;
        this.settings = settings;
    }

    /**
     * Takes a record of the topic {@code candle}, which is decoded only if no newer one
     * comes.
     * @param key of the instrument
     * @param value of the record
     */
    public void saw(String key, byte[] value) {
        this.newest.put(key, value);
    }

    /** One turn; only the thread of the board comes here. */
    void tell() {
        Map<String, Last> prices = new HashMap<>();
        for (String key : List.copyOf(this.newest.keySet())) {
            byte[] value = this.newest.remove(key);
            if (value != null) {
                add(prices, value);
            }
        }
        this.echo.prices(prices);
    }

    private void add(Map<String, Last> prices, byte[] value) {
        try {
            CandleEvent event = CandleCodec.decode(value);
            Candle candle = event.candle();
            String feed = candle.instrument().feed();
            String symbol = candle.instrument().symbol();
            boolean old = candle.openTime() < this.told.getOrDefault(candle.instrument().key(), Long.MIN_VALUE);
            if (candle.timeframe() != Timeframe.M1 || old) {
                return;
            }
            this.told.put(candle.instrument().key(), candle.openTime());
            Last last = Last.of(event);
            prices.put("prices:" + feed + ":" + symbol, last);
            if (feed.equals(this.settings.defaultFeed())) {
                prices.put("prices:" + symbol, last);
            }
        }
        catch (IllegalArgumentException ex) {
            return; // the loop puts it aside
        }
    }

    /**
     * The last price, as it is told.
     *
     * @param price the last one of the minute
     * @param bid the last one, where there are quotes
     * @param ask the last one, where there are quotes
     * @param minute the minute it belongs to
     * @param over whether that minute is over
     */
    record Last(String price, @org.jspecify.annotations.Nullable String bid,
            @org.jspecify.annotations.Nullable String ask, java.time.Instant minute, boolean over) {

        static Last of(CandleEvent event) {
            Candle candle = event.candle();
            return new Last(Price.toText(candle.close()), (event.lastBid() > 0) ? Price.toText(event.lastBid()) : null,
                    (event.lastAsk() > 0) ? Price.toText(event.lastAsk()) : null,
                    java.time.Instant.ofEpochMilli(candle.openTime()), candle.complete());
        }

    }

}
