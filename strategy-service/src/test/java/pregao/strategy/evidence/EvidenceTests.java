package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Trade;
import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of reports: paper beside its backtest, with differences made by hand.
 */
class EvidenceTests {

    private static final String OPTIONS = "\"options\":{\"pattern\":\"MHI 1\",\"stake\":1,\"levels\":[1,2],\"payout\":0.87,\"decimals\":2,\"equals\":\"stop\"}";

    private final ApiClient api = ApiClient.newcomer();

    private final PaperBot bot = new PaperBot(this.api);

    private static JsonNode report(JsonNode item) {
        assertThat(item.path("state").stringValue()).as(item.toString()).isEqualTo("done");
        return item.path("report");
    }

    @Test
    void recordWithoutFaultIsItsBacktest() {
        List<Trade> trades = PaperBot.faultless();
        assertThat(trades).hasSizeGreaterThan(20);
        JsonNode report = report(this.bot.decides(List.of()).traded(trades).evidence());
        assertThat(report.path("same").intValue()).isEqualTo(trades.size());
        assertThat(report.path("differences").size()).as(report.path("differences").toString()).isLessThanOrEqualTo(1);
        assertThat(report.path("sentences").path("en").get(0).stringValue())
            .isEqualTo("%d of %1$d trades on paper are those of the backtest.".formatted(trades.size()));
        assertThat(report.path("sentences").path("pt").size()).isEqualTo(report.path("sentences").path("en").size());
        JsonNode paper = report.path("paper");
        assertThat(paper.path("profit").decimalValue()).isEqualByComparingTo(trades.stream()
            .map((trade) -> Prices.toDecimal(trade.profit()))
            .reduce(BigDecimal.ZERO, BigDecimal::add));
        assertThat(paper.path("fees").decimalValue()).isEqualByComparingTo(trades.stream()
            .map((trade) -> Prices.toDecimal(trade.fees()))
            .reduce(BigDecimal.ZERO, BigDecimal::add));
        assertThat(paper.path("interval").get(0).doubleValue())
            .isLessThanOrEqualTo(paper.path("win_rate").doubleValue());
        assertThat(report.path("entry_slippage").doubleValue()).isZero();
        assertThat(report.path("instruments").get(0).path("warm_up").intValue()).isEqualTo(1_024);
    }

    @Test
    void eachDifferenceIsToldWithItsCause() {
        List<Trade> trades = PaperBot.faultless();
        Trade refused = trades.remove(3);
        Trade unseen = trades.remove(6);
        Trade cheaper = trades.get(9);
        trades.set(9,
                new Trade(cheaper.isLong(), cheaper.openedAt(), cheaper.entry() + Prices.of(BigDecimal.ONE),
                        cheaper.closedAt(), cheaper.exit(), cheaper.quantity(), cheaper.fees(), cheaper.profit() - 1,
                        cheaper.reason(), false));
        long idle = PaperBot.idle();
        trades.add(new Trade(true, idle, 100, idle + 60_000, 100, 1, 0, 0, ExitDecision.Reason.OPPOSITE, false));
        this.bot.refused(PaperBot.decided(refused), "daily_loss");
        this.bot.decides(List.of(PaperBot.decided(unseen))).traded(trades);
        JsonNode report = report(this.bot.evidence());
        assertThat(PaperBot.difference(report, "refused").path("backtest").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(refused.openedAt()).toString());
        assertThat(PaperBot.difference(report, "refused").path("en").stringValue()).contains("daily_loss");
        assertThat(PaperBot.difference(report, "not_seen").path("backtest").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(unseen.openedAt()).toString());
        assertThat(PaperBot.difference(report, "within_minute").path("paper").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(cheaper.openedAt()).toString());
        assertThat(PaperBot.difference(report, "unknown").path("what").stringValue()).isEqualTo("only_paper");
        assertThat(report.path("same").intValue()).isEqualTo(trades.size() - 1);
        assertThat(report.path("other_prices").intValue()).isEqualTo(1);
        assertThat(report.path("entry_slippage").doubleValue()).as("it paid more").isPositive();
    }

    @Test
    void whatComesOfAnotherDifferenceOrOfAStopSaysSo() {
        List<Trade> trades = PaperBot.faultless();
        Trade stopped = trades.get(14);
        trades.set(14, ended(stopped, stopped.closedAt() - 60_000, ExitDecision.Reason.END));
        Trade closed = trades.get(16);
        trades.set(16, ended(closed, closed.closedAt() - 60_000, ExitDecision.Reason.BY_HAND));
        Trade kept = trades.get(9);
        Trade next = trades.remove(10);
        trades.set(9, ended(kept, next.closedAt(), kept.reason()));
        this.bot.decides(List.of()).traded(trades);
        JsonNode report = report(this.bot.evidence());
        assertThat(PaperBot.difference(report, "follows").path("backtest").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(next.openedAt()).toString());
        assertThat(PaperBot.difference(report, "stopped").path("paper").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(stopped.openedAt()).toString());
        assertThat(PaperBot.difference(report, "by_hand").path("paper").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(closed.openedAt()).toString());
    }

    private static Trade ended(Trade trade, long at, ExitDecision.Reason reason) {
        return new Trade(trade.isLong(), trade.openedAt(), trade.entry(), at, trade.exit(), trade.quantity(),
                trade.fees(), trade.profit(), reason, false);
    }

    @Test
    void aTradeInAMinuteWithoutACandleSaysSo() {
        long idle = PaperBot.idle();
        List<Trade> trades = PaperBot.faultless();
        trades.add(new Trade(true, idle, 100, idle + 30_000, 100, 1, 0, 0, ExitDecision.Reason.TAKE, false));
        this.bot.decides(List.of()).traded(trades);
        String minute = " where feed = '%s' and symbol = '%s' and ts = '%s'".formatted(PaperBot.FEED, PaperBot.SYMBOL,
                Instant.ofEpochMilli(idle));
        StrategyDatabase.shared().market().execute("create table missing as select * from market.candle" + minute);
        StrategyDatabase.shared().market().execute("delete from market.candle" + minute);
        try {
            JsonNode report = report(this.bot.evidence());
            assertThat(PaperBot.difference(report, "gap").path("paper").path("opened_at").stringValue())
                .isEqualTo(Instant.ofEpochMilli(idle).toString());
        }
        finally {
            StrategyDatabase.shared().market().execute("insert into market.candle select * from missing");
            StrategyDatabase.shared().market().execute("drop table missing");
        }
    }

    @Test
    void candlesThatWereRevisedAreListedAndSuspected() {
        List<Trade> trades = PaperBot.faultless();
        Trade missing = trades.remove(4);
        Instant revised = Instant.ofEpochMilli(PaperBot.decided(missing) - 60_000);
        this.bot.decides(List.of()).traded(trades);
        String where = " where feed = '%s' and symbol = '%s' and ts = '%s'".formatted(PaperBot.FEED, PaperBot.SYMBOL,
                revised);
        StrategyDatabase.shared().market().execute("update market.candle set revision = 2" + where);
        try {
            JsonNode report = report(this.bot.evidence());
            assertThat(report.path("revised").get(0).path("ts").stringValue()).isEqualTo(revised.toString());
            assertThat(report.path("revised_minutes").intValue()).isEqualTo(1);
            assertThat(PaperBot.difference(report, "revised").path("en").stringValue()).contains(revised.toString());
        }
        finally {
            StrategyDatabase.shared().market().execute("update market.candle set revision = 1" + where);
        }
    }

    @Test
    void optionsThatWereNotBoughtAreListedToo() {
        PaperBot options = new PaperBot(this.api, OPTIONS);
        JsonNode report = report(options.decides(List.of()).evidence());
        int said = report.path("backtest").path("trades").intValue();
        assertThat(said).as("one in each block of five minutes, or two").isBetween(390, 800);
        assertThat(report.path("differences").size()).as("so many are told one by one").isEqualTo(200);
        assertThat(report.path("differences_left_out").intValue()).isEqualTo(said - 200);
        assertThat(report.path("sentences").path("en").get(0).stringValue()).startsWith("0 of 0 trades");
        assertThat(report.path("paper").path("win_rate").isNull()).isTrue();
        assertThat(report.path("paper").path("interval").get(1).doubleValue()).as("nobody knows").isEqualTo(1);
    }

    @Test
    void aGaleWhoseFirstEntryWasRefusedFollowsFromIt() {
        JsonNode jsonNode = report(new PaperBot(this.api, OPTIONS).decides(List.of()).evidence()).path("differences");
        int i = 0;
        while (jsonNode.get(i).path("backtest").path("level").intValue() == 0) {
            i++;
        }
        long first = opened(jsonNode.get(i - 1));
        long gale = opened(jsonNode.get(i));
        PaperBot options = new PaperBot(this.api, OPTIONS);
        options.refused(first, "entry0", "daily_loss");
        JsonNode report = report(options.decides(List.of(gale)).evidence());
        assertThat(opened(PaperBot.difference(report, "refused"))).isEqualTo(first);
        JsonNode follows = report.path("differences").get(i);
        assertThat(opened(follows)).isEqualTo(gale);
        assertThat(follows.path("why").stringValue()).isEqualTo("follows");
        assertThat(follows.path("en").stringValue()).contains("the entry before it in its cycle was not made");
    }

    private static long opened(JsonNode difference) {
        return Instant.parse(difference.path("backtest").path("opened_at").stringValue()).toEpochMilli();
    }

    @Test
    void aTradeInTheMinuteThatStillRunsIsNoGap() {
        long running = PaperBot.end();
        List<Trade> trades = PaperBot.faultless();
        trades.add(
                new Trade(true, running + 1_000, 100, running + 30_000, 100, 1, 0, 0, ExitDecision.Reason.TAKE, false));
        JsonNode report = report(this.bot.decides(List.of()).traded(trades).evidence());
        JsonNode difference = PaperBot.difference(report, "running");
        assertThat(difference.path("what").stringValue()).isEqualTo("only_paper");
        assertThat(difference.path("paper").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(running + 1_000).toString());
        assertThat(PaperBot.difference(report, "gap").isEmpty()).isTrue();
    }

    @Test
    void saysWhatIsWrongAboutARequest() {
        assertThat(this.api.post(this.bot.path("/evidence"), "{\"from\":\"x\",\"till\":1}").fields())
            .containsExactlyInAnyOrder("from", "till");
        assertThat(this.api
            .post(this.bot.path("/evidence"), "{\"from\":\"2024-03-02T00:00:00Z\",\"to\":\"2024-03-01T00:00:00Z\"}")
            .fields()).containsExactly("from");
        assertThat(this.api.post(this.bot.path("/evidence"), "{").status()).isEqualTo(400);
        assertThat(this.bot.evidence().path("failure").stringValue()).contains("decided nothing");
    }

    @Test
    void onlyABotThatHasRunOnPaperHasARecord() {
        String body = "{\"strategy\":\"rsi-40-60\",\"stake\":100,\"instruments\":[{\"feed\":\"binance\",\"symbol\":\"BTCUSDT\"}]%s}";
        String fresh = this.api.post("/api/bots", body.formatted("")).body().path("id").stringValue();
        assertThat(this.api.post("/api/bots/" + fresh + "/evidence", null).status()).isEqualTo(409);
        String account = ",\"account\":\"%s\",\"money\":\"demo\"".formatted(this.api.account("binance", false));
        String demo = this.api.post("/api/bots", body.formatted(account)).body().path("id").stringValue();
        ApiClient.Answer answer = this.api.post("/api/bots/" + demo + "/evidence", null);
        assertThat(answer.body().path("type").stringValue()).isEqualTo("/problems/not-on-paper");
    }

}
