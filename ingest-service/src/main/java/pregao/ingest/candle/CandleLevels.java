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
 * Search for outliers that belong to a new price level that lasts: with stored candles,
 * candles of the request and quarantined candles, they form 20 consecutive consistent
 * candles. Such outliers are accepted, and the quarantined candles of the level are
 * released.
 */
final class CandleLevels {

    private static final String FIND_CANDLES = """
            select array_agg(item), array_agg((extract(epoch from ts) * 1000)::bigint),
                array_agg((low * 100000000)::bigint), array_agg((high * 100000000)::bigint), array_agg(held)
            from ingest.level_candles($1, $2::text::text[], $3::text::text[], $4::text::timestamptz[],
                $5::text::timestamptz[], $6)""";

    private final List<Candle> candles;

    private final Map<Integer, Outlier> outliers;

    private final List<LevelSegment> segments = new ArrayList<>();

    private CandleLevels(List<Candle> candles, Map<Integer, Outlier> outliers) {
        this.candles = candles;
        this.outliers = outliers;
        for (SeriesBatch series : SeriesBatch.of(candles)) {
            TreeSet<Long> times = new TreeSet<>();
            for (int index : series.indexes()) {
                if (outliers.containsKey(index)) {
                    times.add(candles.get(index).openTime());
                }
            }
            CandleCluster.of(times, series.timeframe())
                .forEach((cluster) -> this.segments.add(new LevelSegment(series, cluster)));
        }
    }

    /**
     * Finds levels among outliers.
     * @param connection the connection, in the transaction that stores the candles
     * @param candles the candles of the request, all of one feed
     * @param outliers the outliers by index of the candle; at least one
     * @return the remaining outliers, and the buckets to release from quarantine
     */
    static Mono<Levels> findLevels(Connection connection, List<Candle> candles, Map<Integer, Outlier> outliers) {
        CandleLevels levels = new CandleLevels(candles, outliers);
        return Flux.from(levels.bind(connection.createStatement(FIND_CANDLES)).execute())
            .flatMap((result) -> result.map(levels::readLevels))
            .single();
    }

    private Statement bind(Statement statement) {
        StringBuilder symbols = new StringBuilder();
        StringBuilder timeframes = new StringBuilder();
        StringBuilder startTimes = new StringBuilder();
        StringBuilder endTimes = new StringBuilder();
        char separator = '{';
        for (LevelSegment segment : this.segments) {
            symbols.append(separator).append('"').append(segment.series.symbol()).append('"');
            timeframes.append(separator).append(segment.series.timeframe().name());
            startTimes.append(separator).append(Instant.ofEpochMilli(segment.cluster.first()));
            endTimes.append(separator).append(Instant.ofEpochMilli(segment.cluster.last()));
            separator = ',';
        }
        return statement.bind(0, this.candles.getFirst().instrument().feed())
            .bind(1, symbols.append('}').toString())
            .bind(2, timeframes.append('}').toString())
            .bind(3, startTimes.append('}').toString())
            .bind(4, endTimes.append('}').toString())
            .bind(5, OutlierRule.LEVEL_SIZE - 1);
    }

    private Levels readLevels(Readable row) {
        Integer[] items = row.get(0, Integer[].class);
        if (items != null) {
            Long[] times = Objects.requireNonNull(row.get(1, Long[].class));
            Long[] lows = Objects.requireNonNull(row.get(2, Long[].class));
            Long[] highs = Objects.requireNonNull(row.get(3, Long[].class));
            Boolean[] quarantined = Objects.requireNonNull(row.get(4, Boolean[].class));
            for (int i = 0; i < items.length; i++) {
                this.segments.get(items[i] - 1).add(new LevelCandle(times[i], lows[i], highs[i], quarantined[i]));
            }
        }
        Map<Integer, Outlier> remaining = new HashMap<>(this.outliers);
        List<LevelBucket> released = new ArrayList<>();
        for (LevelSegment segment : this.segments) {
            segment.acceptLevels(remaining, released);
        }
        return new Levels(remaining, released);
    }

    /**
     * Result of the search for levels.
     *
     * @param doubts the outliers that belong to no level, by index of the candle
     * @param released the buckets to release from quarantine
     */
    record Levels(Map<Integer, Outlier> doubts, List<LevelBucket> released) {

        Levels {
            doubts = Map.copyOf(doubts);
            released = List.copyOf(released);
        }

    }

    /**
     * Bucket whose quarantined candles are released if they are consistent with the
     * candle that belongs to the level.
     *
     * @param bucket the bucket
     * @param low the low of the candle of the level, units of 1e-8
     * @param high the high of the candle of the level, units of 1e-8
     */
    record LevelBucket(CandleBucket bucket, long low, long high) {
    }

    /**
     * Candle that may belong to a level.
     */
    private record LevelCandle(long time, long low, long high, boolean held) {
    }

    /**
     * Cluster of outliers of one series, with the candles around them.
     */
    private final class LevelSegment {

        private final SeriesBatch series;

        private final CandleCluster cluster;

        /** A stored candle takes precedence over a quarantined one. */
        private final TreeMap<Long, LevelCandle> candlesByTime = new TreeMap<>();

        LevelSegment(SeriesBatch series, CandleCluster cluster) {
            this.series = series;
            this.cluster = cluster;
        }

        void add(LevelCandle candle) {
            this.candlesByTime.merge(candle.time, candle, (existing, added) -> existing.held ? added : existing);
        }

        void acceptLevels(Map<Integer, Outlier> remaining, List<LevelBucket> released) {
            TreeSet<Long> quarantinedTimes = new TreeSet<>();
            this.candlesByTime.values()
                .stream()
                .filter(LevelCandle::held)
                .forEach((levelCandle) -> quarantinedTimes.add(levelCandle.time));
            for (int index : this.series.indexes()) {
                Candle candle = CandleLevels.this.candles.get(index);
                LevelCandle existing = this.candlesByTime.get(candle.openTime());
                if (!CandleLevels.this.outliers.containsKey(index) || existing == null || existing.held) {
                    this.candlesByTime.put(candle.openTime(),
                            new LevelCandle(candle.openTime(), candle.low(), candle.high(), false));
                }
            }
            Set<Long> acceptedTimes = acceptLevelTimes(remaining);
            acceptedTimes.retainAll(quarantinedTimes);
            for (long openTime : acceptedTimes) {
                LevelCandle levelCandle = Objects.requireNonNull(this.candlesByTime.get(openTime));
                Instrument instrument = CandleLevels.this.candles.get(this.series.indexes().getFirst()).instrument();
                released.add(new LevelBucket(new CandleBucket(instrument, this.series.timeframe(), openTime),
                        levelCandle.low, levelCandle.high));
            }
        }

        /**
         * Finds the open times of all levels that contain an outlier, and removes these
         * outliers from the remaining ones.
         */
        private Set<Long> acceptLevelTimes(Map<Integer, Outlier> remaining) {
            long[] openTimes = this.candlesByTime.keySet().stream().mapToLong(Long::longValue).toArray();
            long[] lows = this.candlesByTime.values().stream().mapToLong(LevelCandle::low).toArray();
            long[] highs = this.candlesByTime.values().stream().mapToLong(LevelCandle::high).toArray();
            Set<Long> acceptedTimes = new TreeSet<>();
            for (int index : this.series.indexes()) {
                Candle candle = CandleLevels.this.candles.get(index);
                if (!CandleLevels.this.outliers.containsKey(index) || !isInCluster(candle)) {
                    continue;
                }
                int position = Arrays.binarySearch(openTimes, candle.openTime());
                long low = lows[position];
                long high = highs[position];
                lows[position] = candle.low();
                highs[position] = candle.high();
                LevelChange levelChange = LevelChange.of(lows, highs, position);
                lows[position] = low;
                highs[position] = high;
                if (levelChange != null) {
                    remaining.remove(index);
                    Arrays.stream(openTimes, levelChange.from(), levelChange.to()).forEach(acceptedTimes::add);
                }
            }
            return acceptedTimes;
        }

        private boolean isInCluster(Candle candle) {
            return this.cluster.first() <= candle.openTime() && candle.openTime() <= this.cluster.last();
        }

    }

}
