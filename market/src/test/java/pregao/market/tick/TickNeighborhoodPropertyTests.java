package pregao.market.tick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.tick.TickBatch;
import pregao.market.dataquality.Outlier;
import pregao.market.dataquality.PlausibleRange;

import static org.assertj.core.api.Assertions.assertThat;
import static pregao.market.Minutes.EURUSD;

/**
 * Tests for the neighbors and the level of ticks, against lists of all ticks.
 */
class TickNeighborhoodPropertyTests {

    private static final long START = 1_398_902_400_000L;

    private static final Comparator<Tick> ORDER = Comparator.comparingLong(Tick::time).thenComparingInt(Tick::seq);

    @Property(tries = 300)
    void judgesByTheTwentyNearest(@ForAll long seed) {
        Walk walk = new Walk(new Random(seed), PriceBasis.MID);
        for (Tick tick : walk.more(20)) {
            Outlier doubt = walk.neighborhood().judge(tick.ticks(), 0);

            assertThat((doubt != null) ? List.of(doubt.median(), doubt.neighbours()) : List.of()).as("%s", tick)
                .isEqualTo(naive(walk.accepted, tick));
        }
    }

    @Property(tries = 300)
    void passesOverTicksWithoutAPrice(@ForAll long seed) {
        Walk walk = new Walk(new Random(seed), PriceBasis.LAST);
        for (Tick tick : walk.more(20)) {
            if (tick.price() != 0) {
                Outlier doubt = walk.neighborhood().judge(tick.ticks(), 0);

                assertThat(doubt != null).as("%s", tick).isEqualTo(!naive(walk.accepted, tick).isEmpty());
            }
        }
    }

    @Property(tries = 300)
    void findsTheLevelAmongAcceptedAndHeldTicks(@ForAll long seed) {
        Walk walk = new Walk(new Random(seed), PriceBasis.MID);
        TickNeighborhood ticks = walk.neighborhood();
        List<Tick> all = Stream.concat(walk.accepted.stream(), walk.held.stream()).sorted(ORDER).toList();
        for (Tick tick : all) {
            TickPosition place = ticks.place(walk.held.contains(tick), tick.ticks(), 0);

            assertThat(ticks.level(place).stream().map((tickPosition) -> walk.time(tickPosition)))
                .as("the level of %s", tick)
                .containsExactlyElementsOf(level(all, tick).stream().map(Tick::time).toList());
        }
    }

    /** Whatever is admitted without a median is no outlier, and makes no level. */
    @Property(tries = 500)
    void admitsNothingThatTheMedianHolds(@ForAll long seed) {
        Random random = new Random(seed);
        Walk walk = new Walk(random, PriceBasis.MID);
        Tick some = walk.accepted.get(random.nextInt(walk.accepted.size()));
        PlausibleRange range = walk.neighborhood().calm(some.time(), some.time(), true, true);
        if (range == null) {
            return;
        }
        for (Tick tick : walk.more(40)) {
            if (range.admits(tick.time(), tick.time(), tick.price(), tick.price())) {
                assertThat(naive(walk.accepted, tick)).as("%s", tick).isEmpty();
                List<Tick> all = Stream
                    .concat(Stream.of(tick), Stream.concat(walk.accepted.stream(), walk.held.stream()))
                    .sorted(ORDER)
                    .toList();
                assertThat(level(all, tick)).as("the level of %s", tick)
                    .doesNotContainAnyElementsOf(walk.held.isEmpty() ? List.of(new Tick(-1, 0, 0, 0)) : walk.held);
                walk.accept(tick);
                range.extend(tick.price(), tick.price());
            }
        }
    }

    private static List<Object> naive(List<Tick> accepted, Tick tick) {
        long[] nearest = accepted.stream()
            .filter((each) -> each.price() != 0)
            .sorted(Comparator.<Tick>comparingLong((each) -> Math.abs(each.time() - tick.time()))
                .thenComparing((each) -> ORDER.compare(each, tick) >= 0)
                .thenComparing((one, other) -> (ORDER.compare(one, tick) < 0) ? ORDER.compare(other, one)
                        : ORDER.compare(one, other)))
            .limit(20)
            .mapToLong(Tick::price)
            .sorted()
            .toArray();
        if (nearest.length == 0) {
            return List.of();
        }
        long median = (nearest[(nearest.length - 1) / 2] + nearest[nearest.length / 2] + 1) / 2;
        boolean near = tick.price() <= 10 * median && median <= 10 * tick.price();
        return near ? List.of() : List.of(median, nearest.length);
    }

    private static List<Tick> level(List<Tick> all, Tick tick) {
        int at = all.indexOf(tick);
        List<Tick> level = new ArrayList<>();
        for (int start = Math.max(0, at - 19); start <= at && start + 20 <= all.size(); start++) {
            List<Tick> twenty = all.subList(start, start + 20);
            LongStream prices = twenty.stream().mapToLong(Tick::price);
            var range = prices.summaryStatistics();
            if (range.getMax() <= 10 * range.getMin()) {
                twenty.stream().filter((each) -> !level.contains(each)).forEach(level::add);
            }
        }
        return level;
    }

    /**
     * A tick whose bid and ask are its price.
     */
    private record Tick(long time, int seq, long price, long last) {

        TickBatch ticks() {
            return TickBatch.of(EURUSD, (this.last < 0) ? PriceBasis.MID : PriceBasis.LAST, START, 1)
                .add(this.time, this.seq, Math.max(this.price, 1), Math.max(this.price, 1), Math.max(this.last, 0),
                        java.math.BigDecimal.ZERO, 0)
                .build();
        }

    }

    /**
     * Accepted and held ticks over some minutes.
     */
    private static final class Walk {

        private final Random random;

        private final PriceBasis basis;

        private final List<Tick> accepted = new ArrayList<>();

        private final List<Tick> held = new ArrayList<>();

        private final TreeMap<Long, Both> minutes = new TreeMap<>();

        private long level = 1_000;

        Walk(Random random, PriceBasis basis) {
            this.random = random;
            this.basis = basis;
            for (Tick tick : more(1 + random.nextInt(120))) {
                if (random.nextInt(8) == 0 && tick.price() != 0) {
                    this.held.add(tick);
                    minute(tick).held.add(tick.ticks(), 0);
                }
                else {
                    accept(tick);
                }
            }
            if (this.accepted.isEmpty()) {
                accept(new Tick(START, 999, 1_000, (basis == PriceBasis.LAST) ? 1_000 : -1));
            }
        }

        void accept(Tick tick) {
            this.accepted.add(tick);
            minute(tick).ticks.add(tick.ticks(), 0);
        }

        private Both minute(Tick tick) {
            return this.minutes.computeIfAbsent(Timeframe.M1.bucketStart(tick.time()), Both::new);
        }

        /** Distinct by time and seq. */
        List<Tick> more(int count) {
            List<Tick> more = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (this.random.nextInt(15) == 0) {
                    this.level = (this.level == 1_000) ? 40_000 : 1_000;
                }
                long price = this.level + this.random.nextInt(3_000);
                boolean trades = this.basis == PriceBasis.LAST;
                boolean none = trades && this.random.nextInt(3) == 0;
                Tick tick = new Tick(START + this.random.nextInt(200_000), this.random.nextInt(1_000_000),
                        none ? 0 : price, trades ? (none ? 0 : price) : -1);
                this.minutes.computeIfAbsent(Timeframe.M1.bucketStart(tick.time()), Both::new);
                more.add(tick);
            }
            return more;
        }

        TickNeighborhood neighborhood() {
            return new TickNeighborhood(List.copyOf(this.minutes.values()), this.basis);
        }

        long time(TickPosition place) {
            Both minute = List.copyOf(this.minutes.values()).get(place.minute());
            return (place.held() ? minute.held : minute.ticks).time(place.index());
        }

    }

    /**
     * A minute.
     */
    private static final class Both implements ScreenedMinute {

        private final MinuteTickBuffer ticks;

        private final MinuteTickBuffer held;

        Both(long minute) {
            this.ticks = new MinuteTickBuffer(EURUSD, minute);
            this.held = new MinuteTickBuffer(EURUSD, minute);
        }

        @Override
        public MinuteTickBuffer ticks() {
            return this.ticks;
        }

        @Override
        public @Nullable MinuteTickBuffer held() {
            return this.held;
        }

    }

}
