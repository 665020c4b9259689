package pregao.strategy.price;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.strategy.redis.RedisPublisher;

/**
 * Keeps the latest M1 candle of each instrument and publishes its price to Redis four
 * times a second, so that a busy market costs no more than a quiet one. Candles of other
 * timeframes, which directly follow their last minute, are ignored.
 */
@Component
public class LastPricePublisher {

    private static final Logger log = LoggerFactory.getLogger(LastPricePublisher.class);

    /** Bounded by the number of instruments. */
    private final Map<String, Minute> latestMinutes = new ConcurrentHashMap<>();

    /** Bounded by the number of instruments. */
    private final Map<String, Long> publishedMinutes = new HashMap<>();

    private final RedisPublisher redisPublisher;

    private final PriceProperties properties;

    LastPricePublisher(RedisPublisher redisPublisher, PriceProperties properties) {
        this.redisPublisher = redisPublisher;
        this.properties = properties;
    }

    /**
     * Handles a record of the topic {@code candle}. It is decoded only if it is still the
     * latest one when prices are published.
     * @param key the key of the instrument
     * @param value the value of the record
     */
    public void onCandleRecord(String key, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        try {
            CandleHeaderParser header = CandleHeaderParser.read(value);
            if (header.isMinute()) {
                this.latestMinutes.merge(key, new Minute(header.openTime(), value), Minute::newer);
            }
        }
        catch (IOException ex) {
            log.debug("a record of {} has no price, and the loop sets it aside: {}", key, ex.toString());
        }
    }

    /** Publishes changed prices. Only the thread of the price task calls this. */
    void publish() {
        this.redisPublisher.setPrices(drainChangedPrices());
    }

    /** Returns the prices that changed since the last call. */
    Map<String, LastPriceMessage> drainChangedPrices() {
        Map<String, LastPriceMessage> prices = new HashMap<>();
        for (String key : List.copyOf(this.latestMinutes.keySet())) {
            Minute minute = this.latestMinutes.remove(key);
            if (minute != null) {
                addPrice(prices, minute.value());
            }
        }
        return prices;
    }

    private void addPrice(Map<String, LastPriceMessage> prices, byte[] value) {
        try {
            CandleEvent event = CandleCodec.decode(value);
            Candle candle = event.candle();
            String feed = candle.instrument().feed();
            String symbol = candle.instrument().symbol();
            boolean isOutdated = candle.openTime() < this.publishedMinutes.getOrDefault(candle.instrument().key(),
                    Long.MIN_VALUE);
            if (isOutdated || event.withdrawn()) {
                return;
            }
            this.publishedMinutes.put(candle.instrument().key(), candle.openTime());
            LastPriceMessage message = LastPriceMessage.of(event);
            prices.put("prices:" + feed + ":" + symbol, message);
            if (feed.equals(this.properties.defaultFeed())) {
                prices.put("prices:" + symbol, message);
            }
        }
        catch (IllegalArgumentException ex) {
            log.debug("a record has no price, and the loop sets it aside: {}", ex.toString());
        }
    }

    /**
     * A record of an M1 candle.
     *
     * @param openTime the open time, in epoch milliseconds
     * @param value the value of the record
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    private record Minute(long openTime, byte[] value) {

        /**
         * Returns the newer record. For the same minute, the record that arrived later is
         * newer.
         */
        static Minute newer(Minute current, Minute update) {
            return (update.openTime() >= current.openTime()) ? update : current;
        }

    }

    /**
     * A last price, as published to Redis.
     *
     * @param price the close of the candle
     * @param bid the last bid; null if the feed has no quotes
     * @param ask the last ask; null if the feed has no quotes
     * @param minute the open time of the candle
     * @param over whether the candle is final
     */
    record LastPriceMessage(String price, @Nullable String bid, @Nullable String ask, Instant minute, boolean over) {

        static LastPriceMessage of(CandleEvent event) {
            Candle candle = event.candle();
            return new LastPriceMessage(Prices.toText(candle.close()),
                    (event.lastBid() > 0) ? Prices.toText(event.lastBid()) : null,
                    (event.lastAsk() > 0) ? Prices.toText(event.lastAsk()) : null,
                    Instant.ofEpochMilli(candle.openTime()), candle.isFinal());
        }

    }

}
