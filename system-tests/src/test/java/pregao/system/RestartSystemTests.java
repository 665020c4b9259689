package pregao.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.ReadCandle;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ends comes back with what it had.
 */
@SystemTest
class RestartSystemTests {

    private static final Instant MAY = Instant.parse("2025-05-20T03:00:00Z");

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @Test
    void keepsEverythingOverAStopAndAStart(SystemUnderTest system) {
        Trader trader = system.trader("restart", Feeds.RECORDED);
        String apiKey = system.stack().keys().apiKey();
        List<String> ticks = new ArrayList<>();
        for (int second = 0; second < 900; second++) {
            ticks.add(Quotes.tick("EURUSD", MAY.plusSeconds(second), "1." + (1000 + second)));
        }
        trader.candles(List.of(Quotes.m1("GBPUSD", MAY, "1.1", "1.2", "1.0", "1.1")));
        assertThat(trader.ticks(ticks).count("received")).isEqualTo(900);

        system.stopAndStart();

        assertThat(system.stack().keys().apiKey()).isEqualTo(apiKey);
        Trader after = new Trader(system.url(), trader.feed(), trader.key());
        assertThat(after.read("GBPUSD", "M1", MAY, MAY.plusSeconds(60))).extracting(ReadCandle::prices)
            .containsExactly("2025-05-20T03:00:00Z 1.1 1.2 1 1.1");
        List<ReadCandle> candles = after.awaitFinal(15, "EURUSD", "M1", MAY, Duration.ofMinutes(15));
        assertThat(candles).allMatch((candle) -> candle.volume().intValue() == 60);
        assertThat(after.candles(List.of(Quotes.m1("GBPUSD", MAY, "1.1", "1.2", "1.0", "1.1"))).count("duplicates"))
            .isEqualTo(1);
        assertThat(system.owner().cursor("EURUSD", "M1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "gateway", "indicators", "redis" })
    void startsWhatDied(String part, SystemUnderTest system) {
        Trader trader = system.trader("restart", Feeds.PLAIN);
        long killed = system.stack().kill9(part);
        system.stack().awaitRestart(part, killed, TIMEOUT);
        Answer answer = Await.see("candles to be taken and read after " + part + " came back",
                () -> trader.candles(List.of(Quotes.m1("EURUSD", MAY, "1.1", "1.2", "1.0", "1.1"))),
                (given) -> given.status() == 200);
        assertThat(answer.count("inserted") + answer.count("duplicates")).isEqualTo(1);
        assertThat(trader.read("EURUSD", "M1", MAY, MAY.plusSeconds(60))).hasSize(1);
    }

}
