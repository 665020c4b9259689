package pregao.market.dataquality;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;

import static org.assertj.core.api.Assertions.assertThat;
import static pregao.market.Minutes.EURUSD;

class OutlierDetectorPropertyTests {

    private static final long DAY = 1_398_902_400_000L;

    private static final int MINUTES = 120;

    @Property(tries = 500)
    void judgeLikeTheNaiveWay(@ForAll("closes") SortedMap<Long, Long> closes, @ForAll("candles") List<Candle> candles) {
        for (Candle candle : candles) {
            Outlier doubt = OutlierDetector.of(closes).judge(candle);

            assertThat((doubt != null) ? doubt.field() : null).as("%s in %s", candle, closes)
                .isEqualTo(naive(closes, candle));
        }
    }

    @Property(tries = 2000)
    void believeAllWhereTheNeighboursReadAreCalm(@ForAll("closes") SortedMap<Long, Long> stored,
            @ForAll("candles") List<Candle> candles) {
        SortedMap<Long, Long> all = new TreeMap<>(stored);
        SortedMap<Long, Long> sent = new TreeMap<>();
        candles.forEach((candle) -> sent.put(candle.openTime(), candle.close()));
        all.putAll(sent);
        boolean calm = PlausibleCloseRange.of(candles)
            .filter((range) -> CandleCluster.of(new TreeMap<>(sent).navigableKeySet(), Timeframe.M1)
                .stream()
                .flatMap((stretch) -> read(stored, stretch, PlausibleCloseRange.ENOUGH))
                .allMatch((close) -> range.contains(close.getValue())))
            .isPresent();
        if (calm) {
            assertThat(candles).as("beside %s", stored)
                .allMatch((candle) -> OutlierDetector.of(all).judge(candle) == null);
        }
    }

    @Property(tries = 1000)
    void judgeTheSameByWhatIsReadAsByAll(@ForAll("closes") SortedMap<Long, Long> stored,
            @ForAll("candles") List<Candle> candles) {
        SortedMap<Long, Long> all = new TreeMap<>(stored);
        SortedMap<Long, Long> sent = new TreeMap<>();
        candles.forEach((candle) -> sent.put(candle.openTime(), candle.close()));
        all.putAll(sent);
        SortedMap<Long, Long> read = new TreeMap<>();
        CandleCluster.of(new TreeMap<>(sent).navigableKeySet(), Timeframe.M1)
            .forEach((stretch) -> read(stored, stretch, OutlierDetector.MAX_COUNT)
                .forEach((close) -> read.put(close.getKey(), close.getValue())));
        read.putAll(sent);

        assertThat(candles).allSatisfy(
                (candle) -> assertThat(OutlierDetector.of(read).judge(candle)).as("%s beside %s", candle, stored)
                    .isEqualTo(OutlierDetector.of(all).judge(candle)));
    }

    /** The wild ones begin right behind what is read, or just before. */
    @Property(generation = GenerationMode.EXHAUSTIVE)
    void areNotOutvotedByWhatIsNotRead(@ForAll @IntRange(max = 13) int calmBefore,
            @ForAll @IntRange(max = 13) int calmAfter, @ForAll boolean wildBefore, @ForAll boolean wildAfter) {
        SortedMap<Long, Long> stored = new TreeMap<>();
        for (int i = 1; i <= calmBefore + (wildBefore ? 30 : 0); i++) {
            stored.put(DAY - i * 60_000L, (i <= calmBefore) ? 1_000L : 1_000_000L);
        }
        for (int i = 1; i <= calmAfter + (wildAfter ? 30 : 0); i++) {
            stored.put(DAY + i * 60_000L, (i <= calmAfter) ? 1_000L : 1_000_000L);
        }
        Candle candle = candle(DAY, 1_000, 1_000);
        PlausibleCloseRange range = PlausibleCloseRange.of(List.of(candle)).orElseThrow();
        boolean calm = read(stored, new CandleCluster(DAY, DAY), PlausibleCloseRange.ENOUGH)
            .allMatch((close) -> range.contains(close.getValue()));

        assertThat(calm && OutlierDetector.of(stored).judge(candle) != null).isFalse();
    }

    /** As the database is read: so many before, so many after, and all between. */
    private static Stream<Map.Entry<Long, Long>> read(SortedMap<Long, Long> stored, CandleCluster stretch, int each) {
        return Stream
            .of(new TreeMap<>(stored).headMap(stretch.first(), false).descendingMap().entrySet().stream().limit(each),
                    new TreeMap<>(stored).tailMap(stretch.last(), false).entrySet().stream().limit(each),
                    new TreeMap<>(stored).subMap(stretch.first(), true, stretch.last(), true).entrySet().stream())
            .flatMap((part) -> part);
    }

    private static @Nullable String naive(SortedMap<Long, Long> closes, Candle candle) {
        List<BigDecimal> nearest = closes.entrySet()
            .stream()
            .filter((close) -> close.getKey() != candle.openTime())
            .sorted(Comparator.<Map.Entry<Long, Long>>comparingLong(
                    (close) -> Math.abs(close.getKey() - candle.openTime()))
                .thenComparing(Map.Entry.comparingByKey()))
            .limit(20)
            .map((close) -> BigDecimal.valueOf(close.getValue()))
            .sorted()
            .toList();
        if (nearest.isEmpty()) {
            return null;
        }
        int size = nearest.size();
        BigDecimal median = nearest.get((size - 1) / 2)
            .add(nearest.get(size / 2))
            .divide(BigDecimal.TWO, 0, java.math.RoundingMode.HALF_UP);
        if (BigDecimal.valueOf(candle.high()).compareTo(median.movePointRight(1)) > 0) {
            return "high";
        }
        return (BigDecimal.valueOf(candle.low()).movePointRight(1).compareTo(median) < 0) ? "low" : null;
    }

    /** Mostly near to each other, some ten times off, some a thousand. */
    private static Arbitrary<Long> prices() {
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(12, Arbitraries.longs().between(1_000, 3_000)),
                net.jqwik.api.Tuple.of(2, Arbitraries.longs().between(9_000, 31_000)),
                net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(100, 1_000)),
                net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(1_000_000, 3_000_000)));
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.longs().between(0, MINUTES).map((minute) -> DAY + minute * 60_000);
    }

    @Provide
    Arbitrary<SortedMap<Long, Long>> closes() {
        return Arbitraries.maps(times(), prices()).ofMaxSize(80).map(TreeMap::new);
    }

    @Provide
    Arbitrary<List<Candle>> candles() {
        return Combinators.combine(times(), prices(), prices())
            .as(OutlierDetectorPropertyTests::candle)
            .list()
            .ofMinSize(1)
            .ofMaxSize(12);
    }

    private static Candle candle(long time, long one, long other) {
        return new Candle(EURUSD, Timeframe.M1, time, one, Math.max(one, other), Math.min(one, other), other,
                BigDecimal.ONE, null, CandleSource.GIVEN, true, 0);
    }

}
