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
 * Tests of evidence reports with artificial differences between paper and backtest.
 */
class EvidenceTests {

    private static final String OPTIONS = "\"options\":{\"pattern\":\"MHI 1\",\"stake\":1,\"levels\":[1,2],\"payout\":0.87,\"decimals\":2,\"equals\":\"stop\"}";

    private final ApiClient api = ApiClient.newcomer();

    private final PaperBot bot = new PaperBot(this.api);

    private static JsonNode reportOf(JsonNode response) {
        assertThat(response.path("state").stringValue()).as(response.toString()).isEqualTo("done");
        return response.path("report");
    }

    @Test
    void identicalTradesMatchBacktest() {
        List<Trade> trades = PaperBot.backtestTrades();
        assertThat(trades).hasSizeGreaterThan(20);
        JsonNode report = reportOf(this.bot.withDecisions(List.of()).withTrades(trades).createReport());
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
    void reportsEachDifferenceWithItsCause() {
        List<Trade> trades = PaperBot.backtestTrades();
        Trade rejectedTrade = trades.remove(3);
        Trade unseenTrade = trades.remove(6);
        Trade repricedTrade = trades.get(9);
        trades.set(9,
                new Trade(repricedTrade.isLong(), repricedTrade.openedAt(),
                        repricedTrade.entry() + Prices.of(BigDecimal.ONE), repricedTrade.closedAt(),
                        repricedTrade.exit(), repricedTrade.quantity(), repricedTrade.fees(),
                        repricedTrade.profit() - 1, repricedTrade.reason(), false));
        long idleMillis = PaperBot.idleMinute();
        trades.add(new Trade(true, idleMillis, 100, idleMillis + 60_000, 100, 1, 0, 0, ExitDecision.Reason.OPPOSITE,
                false));
        this.bot.rejectOrder(PaperBot.decidedAt(rejectedTrade), "daily_loss");
        this.bot.withDecisions(List.of(PaperBot.decidedAt(unseenTrade))).withTrades(trades);
        JsonNode report = reportOf(this.bot.createReport());
        assertThat(PaperBot.findDifference(report, "refused").path("backtest").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(rejectedTrade.openedAt()).toString());
        assertThat(PaperBot.findDifference(report, "refused").path("en").stringValue()).contains("daily_loss");
        assertThat(PaperBot.findDifference(report, "not_seen").path("backtest").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(unseenTrade.openedAt()).toString());
        assertThat(PaperBot.findDifference(report, "within_minute").path("paper").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(repricedTrade.openedAt()).toString());
        assertThat(PaperBot.findDifference(report, "unknown").path("what").stringValue()).isEqualTo("only_paper");
        assertThat(report.path("same").intValue()).isEqualTo(trades.size() - 1);
        assertThat(report.path("other_prices").intValue()).isEqualTo(1);
        assertThat(report.path("entry_slippage").doubleValue()).as("it paid more").isPositive();
    }

    @Test
    void explainsConsequentialDifferencesAndStops() {
        List<Trade> trades = PaperBot.backtestTrades();
        Trade stoppedTrade = trades.get(14);
        trades.set(14, closedAt(stoppedTrade, stoppedTrade.closedAt() - 60_000, ExitDecision.Reason.END));
        Trade closedTrade = trades.get(16);
        trades.set(16, closedAt(closedTrade, closedTrade.closedAt() - 60_000, ExitDecision.Reason.BY_HAND));
        Trade longerTrade = trades.get(9);
        Trade skippedTrade = trades.remove(10);
        trades.set(9, closedAt(longerTrade, skippedTrade.closedAt(), longerTrade.reason()));
        this.bot.withDecisions(List.of()).withTrades(trades);
        JsonNode report = reportOf(this.bot.createReport());
        assertThat(PaperBot.findDifference(report, "follows").path("backtest").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(skippedTrade.openedAt()).toString());
        assertThat(PaperBot.findDifference(report, "stopped").path("paper").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(stoppedTrade.openedAt()).toString());
        assertThat(PaperBot.findDifference(report, "by_hand").path("paper").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(closedTrade.openedAt()).toString());
    }

    private static Trade closedAt(Trade trade, long closedAt, ExitDecision.Reason reason) {
        return new Trade(trade.isLong(), trade.openedAt(), trade.entry(), closedAt, trade.exit(), trade.quantity(),
                trade.fees(), trade.profit(), reason, false);
    }

    @Test
    void explainsTradeInMinuteWithoutCandle() {
        long idleMillis = PaperBot.idleMinute();
        List<Trade> trades = PaperBot.backtestTrades();
        trades
            .add(new Trade(true, idleMillis, 100, idleMillis + 30_000, 100, 1, 0, 0, ExitDecision.Reason.TAKE, false));
        this.bot.withDecisions(List.of()).withTrades(trades);
        String condition = " where feed = '%s' and symbol = '%s' and ts = '%s'".formatted(PaperBot.FEED,
                PaperBot.SYMBOL, Instant.ofEpochMilli(idleMillis));
        StrategyDatabase.shared().market().execute("create table missing as select * from market.candle" + condition);
        StrategyDatabase.shared().market().execute("delete from market.candle" + condition);
        try {
            JsonNode report = reportOf(this.bot.createReport());
            assertThat(PaperBot.findDifference(report, "gap").path("paper").path("opened_at").stringValue())
                .isEqualTo(Instant.ofEpochMilli(idleMillis).toString());
        }
        finally {
            StrategyDatabase.shared().market().execute("insert into market.candle select * from missing");
            StrategyDatabase.shared().market().execute("drop table missing");
        }
    }

    @Test
    void listsRevisedCandlesAsCause() {
        List<Trade> trades = PaperBot.backtestTrades();
        Trade missingTrade = trades.remove(4);
        Instant revisedTime = Instant.ofEpochMilli(PaperBot.decidedAt(missingTrade) - 60_000);
        this.bot.withDecisions(List.of()).withTrades(trades);
        String condition = " where feed = '%s' and symbol = '%s' and ts = '%s'".formatted(PaperBot.FEED,
                PaperBot.SYMBOL, revisedTime);
        StrategyDatabase.shared().market().execute("update market.candle set revision = 2" + condition);
        try {
            JsonNode report = reportOf(this.bot.createReport());
            assertThat(report.path("revised").get(0).path("ts").stringValue()).isEqualTo(revisedTime.toString());
            assertThat(report.path("revised_minutes").intValue()).isEqualTo(1);
            assertThat(PaperBot.findDifference(report, "revised").path("en").stringValue())
                .contains(revisedTime.toString());
        }
        finally {
            StrategyDatabase.shared().market().execute("update market.candle set revision = 1" + condition);
        }
    }

    @Test
    void listsMissedOptions() {
        PaperBot optionBot = new PaperBot(this.api, OPTIONS);
        JsonNode report = reportOf(optionBot.withDecisions(List.of()).createReport());
        int backtestTrades = report.path("backtest").path("trades").intValue();
        assertThat(backtestTrades).as("one in each block of five minutes, or two").isBetween(390, 800);
        assertThat(report.path("differences").size()).as("so many are told one by one").isEqualTo(200);
        assertThat(report.path("differences_left_out").intValue()).isEqualTo(backtestTrades - 200);
        assertThat(report.path("sentences").path("en").get(0).stringValue()).startsWith("0 of 0 trades");
        assertThat(report.path("paper").path("win_rate").isNull()).isTrue();
        assertThat(report.path("paper").path("interval").get(1).doubleValue()).as("nobody knows").isEqualTo(1);
    }

    @Test
    void galeFollowsFromRejectedFirstEntry() {
        JsonNode differences = reportOf(new PaperBot(this.api, OPTIONS).withDecisions(List.of()).createReport())
            .path("differences");
        int index = 0;
        while (differences.get(index).path("backtest").path("level").intValue() == 0) {
            index++;
        }
        long firstEntry = openedAt(differences.get(index - 1));
        long galeEntry = openedAt(differences.get(index));
        PaperBot optionBot = new PaperBot(this.api, OPTIONS);
        optionBot.rejectOrder(firstEntry, "entry0", "daily_loss");
        JsonNode report = reportOf(optionBot.withDecisions(List.of(galeEntry)).createReport());
        assertThat(openedAt(PaperBot.findDifference(report, "refused"))).isEqualTo(firstEntry);
        JsonNode follows = report.path("differences").get(index);
        assertThat(openedAt(follows)).isEqualTo(galeEntry);
        assertThat(follows.path("why").stringValue()).isEqualTo("follows");
        assertThat(follows.path("en").stringValue()).contains("the entry before it in its cycle was not made");
    }

    private static long openedAt(JsonNode difference) {
        return Instant.parse(difference.path("backtest").path("opened_at").stringValue()).toEpochMilli();
    }

    @Test
    void tradeInRunningMinuteIsNotGap() {
        long runningMinute = PaperBot.endMillis();
        List<Trade> trades = PaperBot.backtestTrades();
        trades.add(new Trade(true, runningMinute + 1_000, 100, runningMinute + 30_000, 100, 1, 0, 0,
                ExitDecision.Reason.TAKE, false));
        JsonNode report = reportOf(this.bot.withDecisions(List.of()).withTrades(trades).createReport());
        JsonNode difference = PaperBot.findDifference(report, "running");
        assertThat(difference.path("what").stringValue()).isEqualTo("only_paper");
        assertThat(difference.path("paper").path("opened_at").stringValue())
            .isEqualTo(Instant.ofEpochMilli(runningMinute + 1_000).toString());
        assertThat(PaperBot.findDifference(report, "gap").isEmpty()).isTrue();
    }

    @Test
    void rejectsInvalidRequests() {
        assertThat(this.api.post(this.bot.path("/evidence"), "{\"from\":\"x\",\"till\":1}").fields())
            .containsExactlyInAnyOrder("from", "till");
        assertThat(this.api
            .post(this.bot.path("/evidence"), "{\"from\":\"2024-03-02T00:00:00Z\",\"to\":\"2024-03-01T00:00:00Z\"}")
            .fields()).containsExactly("from");
        assertThat(this.api.post(this.bot.path("/evidence"), "{").status()).isEqualTo(400);
        assertThat(this.bot.createReport().path("failure").stringValue()).contains("decided nothing");
    }

    @Test
    void requiresBotThatHasRunOnPaper() {
        String body = "{\"strategy\":\"rsi-40-60\",\"stake\":100,\"instruments\":[{\"feed\":\"binance\",\"symbol\":\"BTCUSDT\"}]%s}";
        String newBotId = this.api.post("/api/bots", body.formatted("")).body().path("id").stringValue();
        assertThat(this.api.post("/api/bots/" + newBotId + "/evidence", null).status()).isEqualTo(409);
        String account = ",\"account\":\"%s\",\"money\":\"demo\"".formatted(this.api.account("binance", false));
        String demoBotId = this.api.post("/api/bots", body.formatted(account)).body().path("id").stringValue();
        ApiClient.Answer response = this.api.post("/api/bots/" + demoBotId + "/evidence", null);
        assertThat(response.body().path("type").stringValue()).isEqualTo("/problems/not-on-paper");
    }

}
