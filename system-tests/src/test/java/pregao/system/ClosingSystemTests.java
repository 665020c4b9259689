package pregao.system;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import pregao.devcluster.DevCluster;
import pregao.system.driver.Await;
import pregao.system.driver.ReadCandle;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Minutes close once: the first final version of a minute has every tick that was
 * acknowledged before its end.
 */
@SystemTest
class ClosingSystemTests {

    private static final List<String> SYMBOLS = List.of("EURUSD", "GBPUSD", "USDJPY", "AUDUSD", "EURUSD.a", "EURUSD.b");

    private static final InstantSource CLOCK = InstantSource.system();

    private static final int KILLS = 40;

    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    @Test
    void revisesNothingAfterThePauseOfAnAggregatorOverTheEndOfAMinute(SystemUnderTest system) {
        Trader trader = system.trader("closing", Feeds.PLAIN);
        Instant paused;
        try (LiveTicks ticks = new LiveTicks(trader, SYMBOLS)) {
            awaitSecond(30);
            awaitSecond(53);
            paused = CLOCK.instant().truncatedTo(ChronoUnit.MINUTES);
            system.stack().pause("aggregator");
            try {
                awaitSecond(3);
            }
            finally {
                system.stack().resume("aggregator");
            }
            awaitSecond(15);
            awaitSecond(5);
            assertThat(ticks.punctual()).as("minutes with all ticks in time").containsKey(paused);
            assertNeverRevised(trader, ticks.punctual());
        }
    }

    /**
     * Kills under live ticks, two a minute; takes some 25 minutes.
     */
    @Test
    @Tag("long")
    @Timeout(value = 7200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void revisesNothingWhateverIsKilled(SystemUnderTest system) {
        Trader trader = system.trader("closing", Feeds.PLAIN);
        List<String> parts = List.of("aggregator", "aggregator", "aggregator", DevCluster.POSTGRES, "ingest",
                DevCluster.KAFKA);
        Random random = new Random(48);
        SortedMap<Instant, Integer> punctual;
        try (LiveTicks ticks = new LiveTicks(trader, SYMBOLS)) {
            for (int i = 0; i < KILLS; i++) {
                // Every second one shortly before the end of a minute, which is worst.
                awaitSecond((i % 2 == 0) ? 5 + random.nextInt(20) : 50 + random.nextInt(10));
                String part = parts.get(random.nextInt(parts.size()));
                long pid = system.stack().kill9(part);
                system.stack().awaitRestart(part, pid, TIMEOUT);
            }
            awaitSecond(5);
            punctual = ticks.punctual();
        }
        assertThat(punctual).hasSizeGreaterThan(KILLS / 4);
        assertNeverRevised(trader, punctual);
    }

    private static void assertNeverRevised(Trader trader, SortedMap<Instant, Integer> punctual) {
        for (String symbol : SYMBOLS) {
            punctual.forEach((minute, ticks) -> {
                ReadCandle candle = trader.awaitFinal(1, symbol, "M1", minute, Duration.ofMinutes(1)).getFirst();
                assertThat(candle.volume()).as("ticks of %s at %s", symbol, minute)
                    .isEqualByComparingTo(ticks.toString());
                assertThat(candle.revision()).as("revision of %s at %s", symbol, minute).isEqualTo(1);
            });
        }
    }

    private static void awaitSecond(int second) {
        Await.see("second " + second, Duration.ofMinutes(2), () -> CLOCK.instant().atZone(ZoneOffset.UTC).getSecond(),
                (now) -> now == second);
    }

}
