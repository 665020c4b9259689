package pregao.system;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import pregao.contracts.Topic;
import pregao.devcluster.replay.Replay;
import pregao.devcluster.replay.ReplayPlan;
import pregao.devcluster.service.Service;
import pregao.market.backtest.BacktestReport;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Http;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of two that decide one sleeps with minutes in its hands, is replaced, and wakes up: it
 * changes nothing.
 */
@SystemTest
class ReplicaSystemTests {

    private static final String BTCUSDT = "btcusdt_m1_2021-04_05_binance.csv.gz";

    private static final String BEGIN = "2021-05-18T23:59:00";

    private static final String END = "2021-05-19T12:00:00";

    /** Of eight, some are in the partitions of either replica. */
    private static final List<String> SYMBOLS = List.of("BTC1", "BTC2", "BTC3", "BTC4", "BTC5", "BTC6", "BTC7", "BTC8");

    @TempDir
    private Path folder;

    @Test
    void nothingIsDecidedTwiceWhenAReplicaSleepsAndWakesUp(SystemUnderTest system) throws InterruptedException {
        Trader feed = system.trader("replica", Feeds.RECORDED);
        Http person = BotSystemTests.person(system);
        List<String> before = BotSystemTests.rows("2021-05-18T20:00:00", BEGIN);
        List<String> day = BotSystemTests.rows(BEGIN, END);
        system.replay(feed, ReplayPlan.of(RecordedData.slice(this.folder, BTCUSDT, each(before))));
        SYMBOLS.forEach((symbol) -> CandleAssertions.awaitStored(system, feed, symbol));
        ConsumerProgress.awaitDecided(system, Topic.INDICATOR);
        String bot = started(person, feed.feed());
        TimeUnit.SECONDS.sleep(1); // within a second of its start a bot is at work
        String second = system.stack().addReplica(Service.STRATEGY);
        try {
            Sleep sleep = new Sleep(system, bot, "strategy", day.size() * 2L);
            system.replay(feed,
                    ReplayPlan.of(RecordedData.slice(this.folder, BTCUSDT, each(day))).inBatchesOf(40).atSpeed(2_400),
                    sleep);
            assertThat(sleep.isOver()).as("it woke up while minutes came").isTrue();
            Await.see("the last minute of every symbol to be decided on", () -> decided(system, bot),
                    (minutes) -> minutes.equals(List.of(String.valueOf(SYMBOLS.size()))));
        }
        finally {
            system.stack().kill9(second);
        }
        assertAsIfNothingHadHappened(system, person, bot, before, day);
        assertThat(replaced(system)).as("how often the sleeper found that it was replaced").isPositive();
    }

    /** The same rows for each of the symbols, minute by minute. */
    private static List<String> each(List<String> rows) {
        List<String> all = new ArrayList<>();
        rows.forEach((row) -> SYMBOLS.forEach((symbol) -> all.add(row.replaceFirst("BTCUSDT", symbol))));
        return all;
    }

    private static String started(Http person, String feed) {
        Answer answer = person.post("/api/bots",
                BotSystemTests.bytes(Map.of("name", "replicas", "strategy", "rsi-40-60", "stake", 100, "instruments",
                        SYMBOLS.stream().map((symbol) -> Map.of("feed", feed, "symbol", symbol)).toList())));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        String bot = answer.json().path("id").asString();
        person.post("/api/bots/" + bot + "/start", new byte[0]);
        return bot;
    }

    private static List<String> decided(SystemUnderTest system, String bot) {
        return system.sql("select count(*)::text from strategy.decision where bot = ?::uuid and at = ?::timestamptz",
                bot, END + "Z");
    }

    /** How often the first replica has found that somebody else goes on where it was. */
    private static double replaced(SystemUnderTest system) {
        String metrics = new Http(system.managementUrl("strategy")).get("/metrics").body();
        return metrics.lines()
            .filter((line) -> line.contains("owner_replaced") && !line.startsWith("#"))
            .mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
    }

    private static void assertAsIfNothingHadHappened(SystemUnderTest system, Http person, String bot,
            List<String> before, List<String> day) {
        BacktestReport expected = BotSystemTests.expected(before, day, new ArrayList<>(), 100);
        List<String> trades = expected.trades()
            .stream()
            .filter((trade) -> trade.reason() != pregao.market.spot.ExitDecision.Reason.END)
            .map(BotSystemTests::trade)
            .toList();
        assertThat(trades).hasSizeGreaterThan(10);
        Map<String, List<String>> live = new TreeMap<>();
        BotSystemTests.items(person, "/api/trades?bot=" + bot)
            .forEach((item) -> live.computeIfAbsent(item.path("symbol").asString(), (symbol) -> new ArrayList<>())
                .addFirst(BotSystemTests.trade(item)));
        assertThat(live.keySet()).containsExactlyElementsOf(SYMBOLS);
        assertThat(live.values()).allSatisfy((each) -> assertThat(each).isEqualTo(trades));
        assertThat(system.sql("""
                select t.trades || ' ' || (t.won - t.lost) from strategy.bot_total t where bot = ?::uuid""", bot))
            .isEqualTo(system.sql("""
                    select count(*) || ' ' || sum(profit) from strategy.trade where bot = ?::uuid""", bot));
    }

    /**
     * Stops a replica between what it has read and what it writes of it, and wakes it
     * when others have gone on.
     */
    private static final class Sleep implements Replay.Progress {

        private static final long NANOS = 10_000_000_000L;

        private final SystemUnderTest system;

        private final String bot;

        private final String part;

        private final long at;

        private long since;

        private boolean over;

        Sleep(SystemUnderTest system, String bot, String part, long at) {
            this.system = system;
            this.bot = bot;
            this.part = part;
            this.at = at;
        }

        boolean isOver() {
            return this.over;
        }

        @Override
        public void show(long bytes, long sent, long rejected) {
            if (this.since == 0 && sent >= this.at) {
                this.since = System.nanoTime();
                stop();
            }
            if (this.since != 0 && !this.over && System.nanoTime() - this.since > NANOS) {
                this.over = true;
                this.system.stack().resume(this.part);
            }
        }

        /**
         * It writes which bots are at rest between a poll and its transaction, and waits.
         */
        private void stop() {
            try (Connection connection = this.system.stack().connect(); Statement lock = connection.createStatement()) {
                connection.setAutoCommit(false);
                lock.execute("lock table strategy.bot in share mode");
                Await.see("both replicas to wait", () -> this.system.sql("""
                        select count(*)::text from pg_stat_activity
                        where wait_event_type = 'Lock' and query like '%strategy.bot%'"""),
                        (count) -> Integer.parseInt(count.getFirst()) >= 2);
                this.system.stack().pause(this.part);
                connection.rollback();
            }
            catch (SQLException ex) {
                throw new AssertionError(this.bot, ex);
            }
        }

    }

}
