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
 * Colours of candles, out of the cache where they are the same there: it is kept under
 * what changes with any of them, and that is asked of the database each time.
 */
@Component
public class CandleColorCache {

    private static final int HEAD = Long.BYTES + Integer.BYTES;

    private final CandleColorRepository table;

    private final TwoLevelCache shelf;

    CandleColorCache(JdbcClient database, TwoLevelCache shelf) {
        this.table = new CandleColorRepository(database);
        this.shelf = shelf;
    }

    /**
     * The colours of series.
     * @param series which
     * @param stretch how long candles are, and how many of the last
     * @return of those series that have any
     */
    public Map<Instrument, CandleColors> of(List<SeriesInfo> series, LookbackRange stretch) {
        Map<Instrument, String> keys = new HashMap<>();
        this.table.fingerprints(series, stretch)
            .forEach((instrument, print) -> keys.put(instrument, key(instrument, stretch, print)));
        Map<String, byte[]> known = this.shelf.find(keys.values());
        Map<Instrument, CandleColors> colours = new HashMap<>();
        List<SeriesInfo> missing = new ArrayList<>();
        for (SeriesInfo seriesInfo : series) {
            String key = keys.get(seriesInfo.instrument());
            byte[] kept = (key != null) ? known.get(key) : null;
            if (kept != null) {
                colours.put(seriesInfo.instrument(), read(kept, stretch.timeframe()));
            }
            else if (key != null) {
                missing.add(seriesInfo);
            }
        }
        if (!missing.isEmpty()) {
            colours.putAll(read(missing, stretch));
        }
        return colours;
    }

    private Map<Instrument, CandleColors> read(List<SeriesInfo> missing, LookbackRange stretch) {
        Map<Instrument, CandleColors> colours = new HashMap<>();
        Map<String, byte[]> kept = new HashMap<>();
        this.table.read(missing, stretch).forEach((instrument, read) -> {
            colours.put(instrument, read.colours());
            // What was changed since the other question has another key by now.
            kept.put(key(instrument, stretch, read.print()), written(read.colours()));
        });
        this.shelf.keep(kept);
        return colours;
    }

    private static String key(Instrument instrument, LookbackRange stretch, SeriesVersion print) {
        return "colours:%s:%s:%d:%s".formatted(instrument.key(), stretch.timeframe(), stretch.candles(), print.text());
    }

    private static byte[] written(CandleColors colours) {
        byte[] packed = colours.packed();
        return ByteBuffer.allocate(HEAD + packed.length)
            .putLong(colours.from())
            .putInt(colours.places())
            .put(packed)
            .array();
    }

    private static CandleColors read(byte[] kept, Timeframe timeframe) {
        ByteBuffer buffer = ByteBuffer.wrap(kept);
        long from = buffer.getLong();
        int places = buffer.getInt();
        byte[] packed = new byte[buffer.remaining()];
        buffer.get(packed);
        return CandleColors.unpacked(timeframe, from, places, packed);
    }

}
