package pregao.ingest.candle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.market.dataquality.CandleCluster;
import pregao.market.dataquality.LevelChange;
import pregao.market.dataquality.Outlier;
import pregao.market.dataquality.OutlierRule;

/**
 * Finds outliers that are of a level that lasts: with stored candles, those of the
 * request and those in quarantine they are 20 consecutive consistent ones. They are
 * accepted, and what the quarantine has of the level is released.
 */
final class CandleLevels {

    private static final String CANDLES = """
            select array_agg(item), array_agg((extract(epoch from ts) * 1000)::bigint),
                array_agg((low * 100000000)::bigint), array_agg((high * 100000000)::bigint), array_agg(held)
            from ingest.level_candles($1, $2::text::text[], $3::text::text[], $4::text::timestamptz[],
                $5::text::timestamptz[], $6)""";

    private final List<Candle> candles;

    private final Map<Integer, Outlier> doubts;

    private final List<LevelSegment> parts = new ArrayList<>();

    private CandleLevels(List<Candle> candles, Map<Integer, Outlier> doubts) {
        this.candles = candles;
        this.doubts = doubts;
        for (SeriesBatch series : SeriesBatch.of(candles)) {
            TreeSet<Long> times = new TreeSet<>();
            for (int place : series.places()) {
                if (doubts.containsKey(place)) {
                    times.add(candles.get(place).openTime());
                }
            }
            CandleCluster.of(times, series.timeframe())
                .forEach((stretch) -> this.parts.add(new LevelSegment(series, stretch)));
        }
    }

    /**
     * Looks for levels.
     * @param connection in the transaction that is to store the candles
     * @param candles of one feed
     * @param doubts the outliers among them, at least one
     * @return what is left of the outliers, and which buckets leave quarantine
     */
    static Mono<Levels> of(Connection connection, List<Candle> candles, Map<Integer, Outlier> doubts) {
        CandleLevels levels = new CandleLevels(candles, doubts);
        return Flux.from(levels.bind(connection.createStatement(CANDLES)).execute())
            .flatMap((result) -> result.map(levels::find))
            .single();
    }

    private Statement bind(Statement statement) {
        StringBuilder symbols = new StringBuilder();
        StringBuilder timeframes = new StringBuilder();
        StringBuilder firsts = new StringBuilder();
        StringBuilder lasts = new StringBuilder();
        char before = '{';
        for (LevelSegment part : this.parts) {
            symbols.append(before).append('"').append(part.series.symbol()).append('"');
            timeframes.append(before).append(part.series.timeframe().name());
            firsts.append(before).append(Instant.ofEpochMilli(part.stretch.first()));
            lasts.append(before).append(Instant.ofEpochMilli(part.stretch.last()));
            before = ',';
        }
        return statement.bind(0, this.candles.getFirst().instrument().feed())
            .bind(1, symbols.append('}').toString())
            .bind(2, timeframes.append('}').toString())
            .bind(3, firsts.append('}').toString())
            .bind(4, lasts.append('}').toString())
            .bind(5, OutlierRule.LEVEL_SIZE - 1);
    }

    private Levels find(Readable row) {
        Integer[] items = row.get(0, Integer[].class);
        if (items != null) {
            Long[] times = Objects.requireNonNull(row.get(1, Long[].class));
            Long[] lows = Objects.requireNonNull(row.get(2, Long[].class));
            Long[] highs = Objects.requireNonNull(row.get(3, Long[].class));
            Boolean[] held = Objects.requireNonNull(row.get(4, Boolean[].class));
            for (int i = 0; i < items.length; i++) {
                this.parts.get(items[i] - 1).add(new LevelCandle(times[i], lows[i], highs[i], held[i]));
            }
        }
        Map<Integer, Outlier> left = new HashMap<>(this.doubts);
        List<LevelBucket> released = new ArrayList<>();
        for (LevelSegment part : this.parts) {
            part.settle(left, released);
        }
        return new Levels(left, released);
    }

    /**
     * What came of the outliers.
     *
     * @param doubts those that are none of a level, by place in the request
     * @param released what leaves quarantine
     */
    record Levels(Map<Integer, Outlier> doubts, List<LevelBucket> released) {

        Levels {
            doubts = Map.copyOf(doubts);
            released = List.copyOf(released);
        }

    }

    /**
     * A bucket whose candles leave quarantine where they are consistent with the one that
     * is of the level.
     *
     * @param bucket which
     * @param low the lowest price of that one, units of 1e-8
     * @param high the highest price of that one, units of 1e-8
     */
    record LevelBucket(CandleBucket bucket, long low, long high) {
    }

    /**
     * A candle that may be of a level.
     */
    private record LevelCandle(long time, long low, long high, boolean held) {
    }

    /**
     * A stretch of outliers of one series, and the candles around them.
     */
    private final class LevelSegment {

        private final SeriesBatch series;

        private final CandleCluster stretch;

        /** A stored candle stands before one in quarantine. */
        private final TreeMap<Long, LevelCandle> items = new TreeMap<>();

        LevelSegment(SeriesBatch series, CandleCluster stretch) {
            this.series = series;
            this.stretch = stretch;
        }

        void add(LevelCandle item) {
            this.items.merge(item.time, item, (one, other) -> one.held ? other : one);
        }

        void settle(Map<Integer, Outlier> left, List<LevelBucket> released) {
            TreeSet<Long> inQuarantine = new TreeSet<>();
            this.items.values().stream().filter(LevelCandle::held).forEach((item) -> inQuarantine.add(item.time));
            for (int place : this.series.places()) {
                Candle candle = CandleLevels.this.candles.get(place);
                LevelCandle known = this.items.get(candle.openTime());
                if (!CandleLevels.this.doubts.containsKey(place) || known == null || known.held) {
                    this.items.put(candle.openTime(),
                            new LevelCandle(candle.openTime(), candle.low(), candle.high(), false));
                }
            }
            Set<Long> times = times(left);
            times.retainAll(inQuarantine);
            for (long time : times) {
                LevelCandle item = Objects.requireNonNull(this.items.get(time));
                Instrument instrument = CandleLevels.this.candles.get(this.series.places().getFirst()).instrument();
                released.add(new LevelBucket(new CandleBucket(instrument, this.series.timeframe(), time), item.low,
                        item.high));
            }
        }

        /** The buckets of all levels of outliers, which are accepted. */
        private Set<Long> times(Map<Integer, Outlier> left) {
            long[] all = this.items.keySet().stream().mapToLong(Long::longValue).toArray();
            long[] lows = this.items.values().stream().mapToLong(LevelCandle::low).toArray();
            long[] highs = this.items.values().stream().mapToLong(LevelCandle::high).toArray();
            Set<Long> times = new TreeSet<>();
            for (int place : this.series.places()) {
                Candle candle = CandleLevels.this.candles.get(place);
                if (!CandleLevels.this.doubts.containsKey(place) || !isHere(candle)) {
                    continue;
                }
                int index = Arrays.binarySearch(all, candle.openTime());
                long low = lows[index];
                long high = highs[index];
                lows[index] = candle.low();
                highs[index] = candle.high();
                LevelChange level = LevelChange.of(lows, highs, index);
                lows[index] = low;
                highs[index] = high;
                if (level != null) {
                    left.remove(place);
                    Arrays.stream(all, level.from(), level.to()).forEach(times::add);
                }
            }
            return times;
        }

        private boolean isHere(Candle candle) {
            return this.stretch.first() <= candle.openTime() && candle.openTime() <= this.stretch.last();
        }

    }

}
