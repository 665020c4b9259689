package pregao.strategy.catalog.candle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.pattern.CandleColors;
import pregao.strategy.catalog.cache.TwoLevelCache;

/**
 * Reads candle colors through the cache. The cache key contains a version of the series,
 * which each call reads from the database and which changes with any of the candles.
 */
@Component
public class CandleColorCache {

    private static final int HEADER_SIZE = Long.BYTES + Integer.BYTES;

    private final CandleColorRepository repository;

    private final TwoLevelCache cache;

    CandleColorCache(JdbcClient database, TwoLevelCache cache) {
        this.repository = new CandleColorRepository(database);
        this.cache = cache;
    }

    /**
     * Returns the colors of series.
     * @param series the series
     * @param lookback the timeframe and the number of latest candles
     * @return the colors of those series that have candles
     */
    public Map<Instrument, CandleColors> getColors(List<SeriesInfo> series, LookbackRange lookback) {
        Map<Instrument, String> keys = new HashMap<>();
        this.repository.findVersions(series, lookback)
            .forEach((instrument, version) -> keys.put(instrument, createKey(instrument, lookback, version)));
        Map<String, byte[]> cachedValues = this.cache.getAll(keys.values());
        Map<Instrument, CandleColors> colors = new HashMap<>();
        List<SeriesInfo> missing = new ArrayList<>();
        for (SeriesInfo seriesInfo : series) {
            String key = keys.get(seriesInfo.instrument());
            byte[] encoded = (key != null) ? cachedValues.get(key) : null;
            if (encoded != null) {
                colors.put(seriesInfo.instrument(), decode(encoded, lookback.timeframe()));
            }
            else if (key != null) {
                missing.add(seriesInfo);
            }
        }
        if (!missing.isEmpty()) {
            colors.putAll(readMissing(missing, lookback));
        }
        return colors;
    }

    private Map<Instrument, CandleColors> readMissing(List<SeriesInfo> missing, LookbackRange lookback) {
        Map<Instrument, CandleColors> colors = new HashMap<>();
        Map<String, byte[]> encoded = new HashMap<>();
        this.repository.findVersionedColors(missing, lookback).forEach((instrument, versionedColors) -> {
            colors.put(instrument, versionedColors.colours());
            // If candles changed since the first query, their version and hence their key
            // differs.
            encoded.put(createKey(instrument, lookback, versionedColors.print()), encode(versionedColors.colours()));
        });
        this.cache.putAll(encoded);
        return colors;
    }

    private static String createKey(Instrument instrument, LookbackRange lookback, SeriesVersion version) {
        return "colours:%s:%s:%d:%s".formatted(instrument.key(), lookback.timeframe(), lookback.candles(),
                version.toKey());
    }

    private static byte[] encode(CandleColors colors) {
        byte[] packed = colors.packed();
        return ByteBuffer.allocate(HEADER_SIZE + packed.length)
            .putLong(colors.from())
            .putInt(colors.places())
            .put(packed)
            .array();
    }

    private static CandleColors decode(byte[] encoded, Timeframe timeframe) {
        ByteBuffer buffer = ByteBuffer.wrap(encoded);
        long from = buffer.getLong();
        int places = buffer.getInt();
        byte[] packed = new byte[buffer.remaining()];
        buffer.get(packed);
        return CandleColors.unpacked(timeframe, from, places, packed);
    }

}
