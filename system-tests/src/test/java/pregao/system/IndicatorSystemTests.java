package pregao.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import pregao.contracts.Timeframe;
import pregao.devcluster.replay.Replay;
import pregao.devcluster.replay.ReplayPlan;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Indicators equal a computation from scratch, whatever happens to the service.
 */
@SystemTest
class IndicatorSystemTests {

    private static final String EURO_2025 = "eurusd_m1_2025-02-13_24_mt5.csv.gz";

    @Test
    void hasRightValuesOfEveryTimeframeWhenTheServiceIsKilledOnTheWay(SystemUnderTest system) {
        killed(system, 3);
    }

    /**
     * Takes minutes.
     */
    @Test
    @Tag("long")
    @Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void hasRightValuesAfterFiftyKills(SystemUnderTest system) {
        killed(system, 50);
    }

    private static void killed(SystemUnderTest system, int times) {
        Trader trader = system.trader("values", Feeds.RECORDED);
        ReplayPlan plan = ReplayPlan.of(RecordedData.file(EURO_2025)).inBatchesOf(50);
        Kills kills = new Kills(system, times, 9_999);
        system.replay(trader, plan, kills);
        assertThat(kills.done).isEqualTo(times);

        CandleAssertions.awaitStored(system, trader, "EURUSD");
        CandleAssertions.assertRead(trader, "EURUSD", Timeframe.M15);
    }

    @Test
    void answersTheQueryOfOlderPanels(SystemUnderTest system) {
        Trader trader = system.trader("panel", Feeds.RECORDED);
        system.replay(trader, ReplayPlan.of(RecordedData.file("cadjpy_m1_2022-09-29_30_mt4.csv.gz")));
        CandleAssertions.awaitStored(system, trader, "CADJPY");
        List<String> rows = system.sql("""
                select row_to_json(m)::text from (
                    SELECT * FROM market_data WHERE symbol='CADJPY' ORDER BY ts DESC LIMIT 10) m""");
        assertThat(rows).hasSize(10).allSatisfy((row) -> {
            for (String column : List.of("symbol", "timeframe", "ts", "open", "high", "low", "close", "volume",
                    "spread", "rsi", "macd", "macd_signal", "macd_hist", "atr", "bb_upper", "bb_middle", "bb_lower",
                    "created_at")) {
                assertThat(row).contains('"' + column + '"');
            }
        });
    }

    /**
     * Kills the service at random moments of a replay.
     */
    private static final class Kills implements Replay.Progress {

        private final SystemUnderTest system;

        private final List<Long> moments = new ArrayList<>();

        private int done;

        Kills(SystemUnderTest system, int times, int rows) {
            this.system = system;
            new Random(50).longs(times, 0, rows).sorted().forEach(this.moments::add);
        }

        @Override
        public void show(long bytes, long sent, long rejected) {
            while (this.done < this.moments.size() && sent >= this.moments.get(this.done)) {
                long killed = this.system.stack().kill9("indicators");
                this.system.stack().awaitRestart("indicators", killed, java.time.Duration.ofMinutes(3));
                this.done++;
            }
        }

    }

}
