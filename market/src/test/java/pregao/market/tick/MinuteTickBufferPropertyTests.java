package pregao.market.tick;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.tick.TickBatch;
import pregao.market.candle.MinuteCandleBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static pregao.market.Minutes.EURUSD;

class MinuteTickBufferPropertyTests {

    private static final long START = 1_398_902_400_000L;

    @Property
    void givesTheSameForAnyOrderSplitAndRepetition(@ForAll("distinct") List<Tick> ticks, @ForAll PriceBasis basis,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<Tick> sent = new ArrayList<>(ticks);
        for (int i = 0; i < ticks.size(); i++) {
            if (random.nextInt(3) == 0) {
                sent.add(ticks.get(random.nextInt(ticks.size())));
            }
        }
        Collections.shuffle(sent, random);

        Map<Long, MinuteTickBuffer> minutes = new TreeMap<>();
        int from = 0;
        while (from < sent.size()) {
            int to = Math.min(sent.size(), from + 1 + random.nextInt(20));
            addAll(minutes, batch(sent.subList(from, to), basis));
            if (random.nextBoolean()) {
                minutes.values().forEach((minute) -> minute.fold(basis, false));
            }
            from = to;
        }

        List<Tick> ordered = ticks.stream().sorted(Tick.ORDER).toList();
        assertThat(stored(minutes)).isEqualTo(ordered);
        assertThat(candles(minutes, basis)).isEqualTo(naive(ordered, basis))
            .isEqualTo(MinuteCandleBuilder.ofOrdered(batch(ordered, basis), 0, ordered.size()));
    }

    @Property
    void letsTheFirstArrivalDecideAmongEqualTimes(@ForAll("tied") List<Tick> ticks) {
        Map<Long, MinuteTickBuffer> minutes = new TreeMap<>();
        addAll(minutes, batch(ticks, PriceBasis.MID));
        addAll(minutes, batch(ticks, PriceBasis.MID));

        List<Tick> ordered = ticks.stream().distinct().sorted(Tick.ORDER).toList();
        assertThat(stored(minutes)).isEqualTo(ordered);
        assertThat(candles(minutes, PriceBasis.MID)).isEqualTo(naive(ordered, PriceBasis.MID));
    }

    @Property
    void saysWhatIsStored(@ForAll("tied") List<Tick> ticks, @ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, MinuteTickBuffer> minutes = new HashMap<>();
        Map<Long, List<Tick>> database = new TreeMap<>();
        for (Tick tick : ticks) {
            addAll(minutes, batch(List.of(tick), PriceBasis.MID));
            if (random.nextInt(4) == 0) {
                minutes.values().forEach((minute) -> store(minute, database));
            }
        }
        minutes.values().forEach((minute) -> store(minute, database));

        assertThat(database.values().stream().flatMap(List::stream))
            .containsExactlyElementsOf(ticks.stream().distinct().sorted(Tick.ORDER).toList());
    }

    @Property
    void keepsTheInvariantsOfACandle(@ForAll("tied") List<Tick> ticks, @ForAll PriceBasis basis) {
        Map<Long, MinuteTickBuffer> minutes = new TreeMap<>();
        addAll(minutes, batch(ticks, basis));
        for (MinuteTickBuffer minute : minutes.values()) {
            Candle candle = minute.fold(basis, true);
            if (candle == null) {
                assertThat(basis).isEqualTo(PriceBasis.LAST);
                continue;
            }
            if (basis != PriceBasis.LAST) {
                assertThat(candle.volume()).isEqualTo(BigDecimal.valueOf(minute.size()));
            }
            assertThat(candle.low()).isLessThanOrEqualTo(Math.min(candle.open(), candle.close()));
            assertThat(candle.high()).isGreaterThanOrEqualTo(Math.max(candle.open(), candle.close()));
        }
    }

    @Provide
    Arbitrary<List<Tick>> distinct() {
        return ticks(200, 3).list().uniqueElements((tick) -> List.of(tick.time(), tick.seq())).ofMaxSize(120);
    }

    @Provide
    Arbitrary<List<Tick>> tied() {
        return ticks(6, 1).list().ofMaxSize(60);
    }

    /** Few times and prices, so that many ticks are tied or equal. */
    private static Arbitrary<Tick> ticks(int times, int seqs) {
        return Combinators
            .combine(Arbitraries.integers().between(0, times), Arbitraries.integers().between(0, seqs),
                    Arbitraries.longs().between(1, 50), Arbitraries.longs().between(-3, 40),
                    Arbitraries.longs().between(0, 4), Arbitraries.integers().between(0, 2))
            .as((time, seq, bid, spread, last, flags) -> new Tick(START + time * 997L, seq, bid,
                    Math.max(1, bid + spread), last, BigDecimal.valueOf(last * 10), flags));
    }

    private static TickBatch batch(List<Tick> ticks, PriceBasis basis) {
        TickBatch.Builder batch = TickBatch.of(EURUSD, basis, START, ticks.size());
        for (Tick tick : ticks) {
            batch.add(tick.time, tick.seq, tick.bid, tick.ask, tick.last, tick.volume, tick.flags);
        }
        return batch.build();
    }

    private static void addAll(Map<Long, MinuteTickBuffer> minutes, TickBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            long minute = Timeframe.M1.bucketStart(batch.time(i));
            minutes.computeIfAbsent(minute, (start) -> new MinuteTickBuffer(EURUSD, start)).add(batch, i);
        }
    }

    private static void store(MinuteTickBuffer minute, Map<Long, List<Tick>> database) {
        List<Tick> rows = database.computeIfAbsent(minute.minute(), (start) -> new ArrayList<>());
        int from = minute.storedSize();
        if (!minute.appendedOnly()) {
            rows.clear();
            from = 0;
        }
        for (int i = from; i < minute.size(); i++) {
            rows.add(Tick.of(minute, i));
        }
        minute.markStored();
    }

    private static List<Tick> stored(Map<Long, MinuteTickBuffer> minutes) {
        List<Tick> all = new ArrayList<>();
        for (MinuteTickBuffer minute : minutes.values()) {
            for (int i = 0; i < minute.size(); i++) {
                all.add(Tick.of(minute, i));
            }
        }
        return all;
    }

    private static List<Candle> candles(Map<Long, MinuteTickBuffer> minutes, PriceBasis basis) {
        List<Candle> all = new ArrayList<>();
        for (MinuteTickBuffer minute : minutes.values()) {
            Candle candle = minute.fold(basis, true);
            if (candle != null) {
                all.add(candle);
            }
        }
        return all;
    }

    /** The same by other means: decimals and streams. */
    private static List<Candle> naive(List<Tick> ordered, PriceBasis basis) {
        TreeMap<Long, List<Tick>> minutes = ordered.stream()
            .filter((tick) -> basis != PriceBasis.LAST || tick.last != 0)
            .collect(Collectors.groupingBy((tick) -> tick.time / 60_000 * 60_000, TreeMap::new, Collectors.toList()));
        return minutes.entrySet().stream().map((minute) -> naive(minute.getKey(), minute.getValue(), basis)).toList();
    }

    private static Candle naive(long minute, List<Tick> ticks, PriceBasis basis) {
        List<BigDecimal> prices = ticks.stream().map((tick) -> tick.price(basis)).toList();
        BigDecimal count = BigDecimal.valueOf(ticks.size());
        BigDecimal spread = ticks.stream()
            .map((tick) -> Prices.toDecimal(tick.ask).subtract(Prices.toDecimal(tick.bid)))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(count, 8, RoundingMode.HALF_UP);
        return new Candle(EURUSD, Timeframe.M1, minute, Prices.of(prices.getFirst()),
                Prices.of(Collections.max(prices)), Prices.of(Collections.min(prices)), Prices.of(prices.getLast()),
                count, Spread.ofPrice(Prices.of(spread)), CandleSource.TICKS, true, 0);
    }

    /**
     * A tick as a value.
     */
    private record Tick(long time, int seq, long bid, long ask, long last, BigDecimal volume, int flags) {

        static final Comparator<Tick> ORDER = Comparator.comparingLong(Tick::time).thenComparingInt(Tick::seq);

        static Tick of(MinuteTickBuffer minute, int i) {
            return new Tick(minute.time(i), minute.seq(i), minute.bid(i), minute.ask(i), minute.last(i),
                    minute.volume(i), minute.flags(i));
        }

        BigDecimal price(PriceBasis basis) {
            return switch (basis) {
                case MID -> Prices.toDecimal(this.bid)
                    .add(Prices.toDecimal(this.ask))
                    .divide(BigDecimal.TWO, 8, RoundingMode.HALF_UP);
                case BID -> Prices.toDecimal(this.bid);
                case LAST -> Prices.toDecimal(this.last);
            };
        }

    }

}
