package pregao.aggregator.candle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.market.candle.CandleState;
import pregao.pipeline.candle.CandleKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no minute is revised after its first final version in ordered operation:
 * bars and ticks arrive in order of time, with repetitions and with snapshots of forming
 * bars. Bots decide on that version. The model is the one that {@code market.put_candles}
 * is compared with.
 */
class OrderedOperationPropertyTests {

    private static final Instrument INSTRUMENT = new Instrument("mt5", "EURUSD");

    private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private static final long MINUTE = Timeframe.M1.millis();

    private static final int MINUTES = 12;

    private static final int RUNS = 2_000;

    /** How a sender sends a bar that has ended. */
    private enum ClosedBar {

        NOT_SENT, UNMARKED, MARKED

    }

    @Test
    void revisesNoMinuteAfterItsFirstFinalVersion() {
        for (int seed = 0; seed < RUNS; seed++) {
            operate(new Random(seed), "run " + seed);
        }
    }

    private static void operate(Random random, String run) {
        boolean ticks = random.nextBoolean();
        ClosedBar closedBar = (!ticks && random.nextInt(3) == 0) ? ClosedBar.NOT_SENT
                : ClosedBar.values()[random.nextInt(3)];
        Market market = new Market(ticks, run);
        for (int minute = 0; minute < MINUTES; minute++) {
            List<Candle> prefixes = prefixes(START + minute * MINUTE, random);
            Candle whole = prefixes.getLast();
            Candle lastSnapshot = null;
            for (Candle prefix : prefixes) {
                if (ticks) {
                    market.build(prefix, whole.openTime() + MINUTE / 2);
                }
                if (random.nextInt(3) == 0) {
                    market.provide(toProvided(prefix, false), whole.openTime() + MINUTE / 2, true, random);
                    lastSnapshot = prefix;
                }
            }
            market.end(whole, closedBar, random);
            Candle expected = (ticks || closedBar != ClosedBar.NOT_SENT) ? whole : lastSnapshot;
            market.expected.add(expected);
        }
        market.assertDecidedOnce();
    }

    /** Returns the state of a minute after each of its ticks. */
    private static List<Candle> prefixes(long openTime, Random random) {
        List<Candle> prefixes = new ArrayList<>();
        long open = 108_000_000L + random.nextInt(100);
        long high = open;
        long low = open;
        for (int tick = 1; tick <= 1 + random.nextInt(4); tick++) {
            long close = (tick == 1) ? open : open + random.nextInt(21) - 10;
            high = Math.max(high, close);
            low = Math.min(low, close);
            prefixes.add(new Candle(INSTRUMENT, Timeframe.M1, openTime, open, high, low, close,
                    BigDecimal.valueOf(tick), null, CandleSource.TICKS, false, 0));
        }
        return prefixes;
    }

    private static Candle toProvided(Candle built, boolean marked) {
        return new Candle(INSTRUMENT, Timeframe.M1, built.openTime(), built.open(), built.high(), built.low(),
                built.close(), built.volume(), null, CandleSource.GIVEN, marked, 0);
    }

    /** A series that is provided and, in some runs, also aggregated from ticks. */
    private static final class Market {

        private final MarketModel model = new MarketModel();

        private final boolean ticks;

        private final String run;

        private final List<@Nullable Candle> expected = new ArrayList<>();

        /** A minute that has ended and is not closed yet. */
        private @Nullable Candle ended;

        Market(boolean ticks, String run) {
            this.ticks = ticks;
            this.run = run;
        }

        /**
         * Aggregates ticks: from its first tick on, the instrument is known to have
         * ticks.
         */
        void build(Candle candle, long now) {
            this.model.put(List.of(new MarketModel.Item(candle, false, null)), now,
                    List.of(new CloseBoundary(INSTRUMENT, START, true)), FinalityPromotion.MINUTES);
            assertNotRevised();
        }

        /** Provides a candle, sometimes twice, as after a lost response. */
        void provide(Candle candle, long now, boolean snapshot, Random random) {
            List<MarketModel.Item> items = List.of(new MarketModel.Item(candle, snapshot, null));
            for (int sent = 0; sent <= random.nextInt(2); sent++) {
                this.model.put(items, now, List.of(), null);
                assertNotRevised();
            }
        }

        /**
         * Ends a minute. Its bar may arrive before or after the minute is closed, and so
         * may snapshots of the next one.
         */
        void end(Candle whole, ClosedBar closedBar, Random random) {
            close();
            this.ended = whole;
            if (random.nextInt(3) == 0) {
                close();
            }
            if (closedBar != ClosedBar.NOT_SENT) {
                provide(toProvided(whole, closedBar == ClosedBar.MARKED), whole.openTime() + MINUTE + 1_000, false,
                        random);
            }
            if (random.nextInt(3) == 0) {
                close();
            }
        }

        /** Closes the minute that ended last, once its ticks are read. */
        private void close() {
            Candle whole = this.ended;
            this.ended = null;
            if (this.ticks && whole != null) {
                long end = whole.openTime() + MINUTE;
                this.model.put(List.of(new MarketModel.Item(whole.asFinal(), false, null)), end + 2_000,
                        List.of(new CloseBoundary(INSTRUMENT, end, true)), FinalityPromotion.MINUTES);
                assertNotRevised();
            }
        }

        private void assertNotRevised() {
            this.model.states()
                .forEach((key, state) -> assertThat(state.revision()).as("%s: revision of %s", this.run, key)
                    .isLessThan(2));
        }

        void assertDecidedOnce() {
            close();
            // The newest bar of a series without ticks is open until the next one
            // arrives.
            for (int minute = 0; minute < MINUTES - 1; minute++) {
                Candle expected = this.expected.get(minute);
                if (expected != null) {
                    CandleState state = Objects.requireNonNull(this.model.states().get(CandleKey.of(expected)));
                    Candle candle = Objects.requireNonNull(state.candle());
                    assertThat(candle.sameValues(expected)).as("%s: %s is %s", this.run, candle, expected).isTrue();
                }
            }
        }

    }

}
