package pregao.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.Timeframe;
import pregao.devcluster.replay.IngestResponse;
import pregao.devcluster.replay.ReplayPlan;
import pregao.devcluster.replay.ReplaySummary;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A piece of every recorded file is taken, and taken only once.
 */
@SystemTest
class EveryFileSystemTests {

    private static final int ROWS = 700;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = { "btcusd_m1_days_coinbase.csv.gz", "btcusdt_m1_2021-04_05_binance.csv.gz",
            "cadjpy_m1_2022-09-29_30_mt4.csv.gz", "ethusd_m1_days_coinbase.csv.gz",
            "ethusdt_m1_2021-04_05_binance.csv.gz", "eurusd_m1_2014-05_oanda.csv.gz",
            "eurusd_m1_2017-01_06_histdata.csv.gz", "eurusd_m1_2022-08_10_mt4.csv.gz",
            "eurusd_m1_2025-02-13_24_mt5.csv.gz", "eurusd_m1_2025-02-13_24_mt5_dirty.csv.gz",
            "gbpusd_m1_2012-02_fxcm.csv.gz" })
    void takesEachCandleOnce(String name, SystemUnderTest system) {
        List<String> all = RecordedData.lines(name, (line) -> true);
        List<String> ends = new ArrayList<>(all.subList(0, ROWS));
        ends.addAll(all.subList(all.size() - ROWS, all.size()));
        ReplayPlan plan = ReplayPlan.of(RecordedData.slice(this.folder, name, ends));
        long distinct = ends.stream().map((line) -> line.split(",", -1)[1]).distinct().count();
        Trader trader = system.trader("file", Feeds.RECORDED);

        IngestResponse first = system.replay(trader, plan).answer();
        assertThat(first.received()).isEqualTo(ends.size());
        assertThat(first.inserted() + first.rejected()).as(first.toString()).isEqualTo(distinct);
        if (!name.contains("dirty")) {
            assertThat(first.rejected()).as(first.toString()).isZero();
        }

        ReplaySummary second = system.replay(trader, plan);
        assertThat(second.answer().inserted()).isZero();
        assertThat(second.answer().updated()).isZero();
        assertThat(second.answer().rejected()).isEqualTo(first.rejected());
        assertThat(second.answer().duplicates()).isEqualTo(ends.size() - first.rejected());
        String symbol = second.symbols().first();
        assertThat(trader.cursor(symbol, "M1").json().path("last_ts").asString())
            .isEqualTo(ends.getLast().split(",", -1)[1]);
        CandleAssertions.awaitStored(system, trader, symbol);
        CandleAssertions.assertRead(trader, symbol, Timeframe.M1);
        CandleAssertions.assertRead(trader, symbol, Timeframe.H1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "eurusd_ticks_2020-01-01_histdata.csv.gz" })
    void takesEachTickOnce(String name, SystemUnderTest system) {
        List<String> lines = RecordedData.lines(name, (line) -> true).subList(0, 2 * ROWS);
        ReplayPlan plan = ReplayPlan.of(RecordedData.slice(this.folder, name, lines));
        Trader trader = system.trader("file", Feeds.RECORDED);
        system.replay(trader, plan);
        awaitTicks(system, trader, lines.size());
        system.replay(trader, plan);
        system.replay(trader, ReplayPlan.of(RecordedData.slice(this.folder, name, List.of(marker(lines.getLast())))));
        awaitTicks(system, trader, lines.size() + 1);
    }

    /** A later tick; when it is stored, so is everything before it. */
    private static String marker(String line) {
        return line.replaceFirst("2020-01-0[12]T", "2020-01-03T");
    }

    private static void awaitTicks(SystemUnderTest system, Trader trader, int count) {
        pregao.system.driver.Await.see(count + " stored ticks",
                () -> system.sql("select sum(ticks)::text from market.market_data_raw where feed = ?", trader.feed()),
                List.of(String.valueOf(count))::equals);
    }

}
