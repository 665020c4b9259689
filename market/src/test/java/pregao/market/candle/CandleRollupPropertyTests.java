package pregao.market.candle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.feed.BucketGrid;

import static org.assertj.core.api.Assertions.assertThat;
import static pregao.market.Minutes.EURUSD;

class CandleRollupPropertyTests {

    private static final long DAY = 1_398_902_400_000L;

    private static final int MINUTES = 2 * 1440;

    @Property(tries = 300)
    void foldsEveryBucketLikeTheNaiveWay(@ForAll("minutes") List<Candle> minutes,
            @ForAll @LongRange(min = 0, max = MINUTES) long endedMinutes) {
        long endedBy = DAY + endedMinutes * 60_000;
        long[] all = minutes.stream().mapToLong(Candle::openTime).toArray();

        List<Candle> expected = new ArrayList<>();
        for (Timeframe timeframe : Timeframe.ROLLED_UP) {
            expected.addAll(naive(timeframe, minutes, endedBy));
        }

        assertThat(CandleRollup.touched(BucketGrid.UTC, minutes, all, endedBy))
            .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property(tries = 300)
    void foldsTheBucketsOfTouchedMinutesAndNoOthers(@ForAll("minutes") List<Candle> minutes,
            @ForAll("moments") List<Long> touched) {
        long[] all = minutes.stream().mapToLong(Candle::openTime).toArray();
        List<Candle> expected = CandleRollup.touched(BucketGrid.UTC, minutes, all, DAY)
            .stream()
            .filter((candle) -> touched.stream()
                .anyMatch((moment) -> candle.openTime() <= moment && moment < candle.closeTime(BucketGrid.UTC)))
            .toList();

        assertThat(CandleRollup.touched(BucketGrid.UTC, minutes, touched.stream().mapToLong(Long::longValue).toArray(),
                DAY))
            .isEqualTo(expected);
    }

    @Property(tries = 300)
    void givesTheSameAsOneBucketAlone(@ForAll("minutes") List<Candle> minutes) {
        long[] all = minutes.stream().mapToLong(Candle::openTime).toArray();
        for (Candle candle : CandleRollup.touched(BucketGrid.UTC, minutes, all, Long.MAX_VALUE)) {
            List<Candle> inside = minutes.stream()
                .filter((minute) -> candle.openTime() <= minute.openTime()
                        && minute.openTime() < candle.closeTime(BucketGrid.UTC))
                .toList();
            assertThat(CandleRollup.of(BucketGrid.UTC, candle.timeframe(), inside, true)).isEqualTo(candle);
            assertThat(candle.low()).isLessThanOrEqualTo(Math.min(candle.open(), candle.close()));
            assertThat(candle.high()).isGreaterThanOrEqualTo(Math.max(candle.open(), candle.close()));
        }
    }

    @Provide
    Arbitrary<List<Long>> moments() {
        return Arbitraries.longs().between(DAY, DAY + MINUTES * 60_000L).list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Candle>> minutes() {
        Arbitrary<@Nullable Spread> spreads = Combinators
            .combine(Arbitraries.longs().between(-3, 20), Arbitraries.integers().between(0, 9))
            .as((units, kind) -> (kind == 0) ? null : new Spread(units, kind == 1));
        Arbitrary<Candle> minute = Combinators
            .combine(Arbitraries.integers().between(0, MINUTES - 1), Arbitraries.longs().between(5, 50),
                    Arbitraries.longs().between(5, 50), Arbitraries.longs().between(0, 4),
                    Arbitraries.longs().between(0, 1_000_000), spreads,
                    Arbitraries.of(CandleSource.GIVEN, CandleSource.TICKS), Arbitraries.integers().between(0, 9))
            .as((at, open, close, wick, volume, spread, source, complete) -> new Candle(EURUSD, Timeframe.M1,
                    DAY + at * 60_000L, open, Math.max(open, close) + wick, Math.min(open, close) - wick, close,
                    BigDecimal.valueOf(volume, 2), spread, source, complete > 0, 0));
        return minute.list()
            .uniqueElements(Candle::openTime)
            .ofMaxSize(200)
            .map((list) -> list.stream().sorted(Comparator.comparingLong(Candle::openTime)).toList());
    }

    private static List<Candle> naive(Timeframe timeframe, List<Candle> minutes, long endedBy) {
        TreeMap<Long, List<Candle>> buckets = minutes.stream()
            .collect(Collectors.groupingBy((minute) -> minute.openTime() / timeframe.millis() * timeframe.millis(),
                    TreeMap::new, Collectors.toList()));
        List<Candle> candles = new ArrayList<>();
        buckets.forEach((start, inside) -> {
            List<Candle> counted = inside.stream()
                .filter((minute) -> minute.source() == CandleSource.GIVEN || minute.isFinal())
                .toList();
            boolean complete = inside.stream().allMatch(Candle::isFinal) && start + timeframe.millis() <= endedBy;
            if (!counted.isEmpty()) {
                candles.add(naive(timeframe, start, counted, complete));
            }
        });
        return candles;
    }

    private static Candle naive(Timeframe timeframe, long start, List<Candle> counted, boolean complete) {
        return new Candle(EURUSD, timeframe, start, counted.getFirst().open(),
                counted.stream().mapToLong(Candle::high).max().orElseThrow(),
                counted.stream().mapToLong(Candle::low).min().orElseThrow(), counted.getLast().close(),
                counted.stream().map(Candle::volume).reduce(BigDecimal.ZERO, BigDecimal::add), naiveSpread(counted),
                CandleSource.ROLLUP, complete, 0);
    }

    private static @Nullable Spread naiveSpread(List<Candle> counted) {
        List<Spread> spreads = counted.stream().map(Candle::spread).filter(Objects::nonNull).toList();
        if (spreads.isEmpty() || spreads.stream().map(Spread::unit).distinct().count() > 1) {
            return null;
        }
        BigDecimal sum = spreads.stream()
            .map((each) -> BigDecimal.valueOf(each.units()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Spread(sum.divide(BigDecimal.valueOf(spreads.size()), 0, RoundingMode.HALF_UP).longValueExact(),
                spreads.getFirst().unit());
    }

}
