package pregao.market.candle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;

import static org.assertj.core.api.Assertions.assertThat;
import static pregao.market.Minutes.EURUSD;

class DailyRollupPropertyTests {

    private static final long DAY = 1_398_902_400_000L;

    private static final long MINUTE = 60_000;

    private static final int MINUTES = 3 * 1440;

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void storesAfterEachRoundWhatTheStraightWayStores(@ForAll("rounds") List<Round> rounds) {
        MinuteStore store = new MinuteStore();
        InMemoryRollupStore goingOn = new InMemoryRollupStore();
        InMemoryRollupStore straight = new InMemoryRollupStore();
        for (Round round : rounds) {
            List<Candle> before = List.copyOf(store.said);
            List<Candle> came = new ArrayList<>(store.store(round));
            round.again.stream()
                .filter((at) -> at < before.size())
                .forEach((at) -> came.add(before.get(before.size() - 1 - at)));
            Collections.shuffle(came, new Random(round.endedMinutes));
            if (round.forgets) {
                goingOn.forget();
            }
            goingOn.goingOn(came, store.minutes, store.endedBy(round));
            straight.straight(came, store.minutes, store.endedBy(round));
            assertThat(goingOn.stored).isEqualTo(straight.stored);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void endsWithTheSameWhereTheStoreIsAheadOfTheTopic(@ForAll("rounds") List<Round> rounds, @ForAll long seed) {
        Random random = new Random(seed);
        MinuteStore store = new MinuteStore();
        InMemoryRollupStore goingOn = new InMemoryRollupStore();
        List<Candle> waiting = new ArrayList<>();
        for (Round round : rounds) {
            waiting.addAll(store.store(round));
            if (random.nextInt(4) == 0) {
                Collections.shuffle(waiting, random);
            }
            List<Candle> come = waiting.subList(0, random.nextInt(waiting.size() + 1));
            goingOn.goingOn(List.copyOf(come), store.minutes, store.endedBy(round));
            come.clear();
            if (round.forgets) {
                goingOn.forget();
            }
        }
        waiting.addAll(store.completeAll());
        goingOn.goingOn(waiting, store.minutes, Long.MAX_VALUE);

        InMemoryRollupStore straight = new InMemoryRollupStore();
        straight.straight(store.said, store.minutes, Long.MAX_VALUE);
        assertThat(values(goingOn)).isEqualTo(values(straight));
    }

    /** All but the revisions, which say how often a candle was stored on the way. */
    private static List<Candle> values(InMemoryRollupStore store) {
        return store.stored.values()
            .stream()
            .map(CandleState::candle)
            .filter(Objects::nonNull)
            .map((each) -> each.withRevision(0))
            .toList();
    }

    @Provide
    Arbitrary<List<Round>> rounds() {
        Arbitrary<Integer> by = Arbitraries.frequencyOf(Tuple.of(24, Arbitraries.just(1)),
                Tuple.of(3, Arbitraries.just(0)), Tuple.of(3, Arbitraries.integers().between(2, 40)),
                Tuple.of(2, Arbitraries.integers().between(-30, -1)),
                Tuple.of(1, Arbitraries.integers().between(-1500, 1500)));
        Arbitrary<Step> step = Combinators
            .combine(by, Arbitraries.of(CandleSource.GIVEN, CandleSource.TICKS), Arbitraries.integers().between(0, 9),
                    Arbitraries.longs().between(5, 50))
            .as((minutes, source, complete, price) -> new Step(minutes, source, complete > 0, price));
        return Combinators
            .combine(step.list().ofMaxSize(8), Arbitraries.integers().between(0, 30).list().ofMaxSize(2),
                    Arbitraries.integers().between(-20, 20), Arbitraries.integers().between(0, 15))
            .as((steps, again, ended, forgets) -> new Round(steps, again, ended, forgets == 0))
            .list()
            .ofMaxSize(40);
    }

    /**
     * The M1 candles as they are stored.
     */
    private static final class MinuteStore {

        private final TreeMap<Long, Candle> minutes = new TreeMap<>();

        private final Map<Long, CandleState> states = new HashMap<>();

        /** What was stored and is said in the topic. */
        private final List<Candle> said = new ArrayList<>();

        private int cursor = 1300;

        /** Stores the minutes of a round, and gives what was stored. */
        List<Candle> store(Round round) {
            int before = this.said.size();
            for (Step step : round.steps) {
                this.cursor = Math.clamp(this.cursor + step.by, 0, MINUTES - 1);
                long price = step.price;
                store(new Candle(EURUSD, Timeframe.M1, DAY + this.cursor * MINUTE, price, price + 3, price - 2,
                        price + 1, BigDecimal.valueOf(price),
                        (price % 5 == 0) ? null : new Spread(price, price % 7 == 0), step.source, step.complete, 0));
            }
            return List.copyOf(this.said.subList(before, this.said.size()));
        }

        List<Candle> completeAll() {
            int before = this.said.size();
            List.copyOf(this.minutes.values()).forEach((candle) -> store(candle.asFinal()));
            return List.copyOf(this.said.subList(before, this.said.size()));
        }

        private void store(Candle minute) {
            CandleState.Outcome outcome = put(this.states.getOrDefault(minute.openTime(), CandleState.EMPTY), minute);
            this.states.put(minute.openTime(), outcome.after());
            if (outcome.status() != CandleState.Status.DUPLICATE) {
                Candle stands = Objects.requireNonNull(outcome.after().candle());
                this.minutes.put(minute.openTime(), stands);
                this.said.add(stands);
            }
        }

        private static CandleState.Outcome put(CandleState before, Candle minute) {
            boolean given = minute.source() == CandleSource.GIVEN;
            if (given) {
                CandleRank rank = minute.isFinal() ? CandleRank.MARKED : CandleRank.PROVISIONAL;
                return before.provide(new CandleVersion(minute, rank, false));
            }
            CandleRank rank = minute.isFinal() ? CandleRank.BUILT_FINAL : CandleRank.BUILT_FORMING;
            return before.build(new CandleVersion(minute, rank, false), false);
        }

        long endedBy(Round round) {
            return DAY + (this.cursor + round.endedMinutes) * MINUTE;
        }

    }

    /**
     * A minute to be stored.
     *
     * @param by minutes behind the one before
     */
    record Step(int by, CandleSource source, boolean complete, long price) {
    }

    /**
     * What happens between two moments of folding.
     *
     * @param again what is said again, counted from the latest
     * @param endedMinutes up to when buckets have ended, from the latest minute
     * @param forgets whether nothing is remembered of what was before
     */
    record Round(List<Step> steps, List<Integer> again, int endedMinutes, boolean forgets) {
    }

}
