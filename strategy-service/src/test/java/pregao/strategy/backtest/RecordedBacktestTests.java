package pregao.strategy.backtest;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestReport;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;
import pregao.market.rule.Strategy;
import pregao.market.spot.TransactionCosts;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.candle.StoredMinutes;
import pregao.strategy.json.ExactJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for backtests on recorded minutes of Bitcoin. The reports are written to {@code
 * target}, and the documentation takes its examples from them.
 */
class RecordedBacktestTests {

    private static final String FILE = "btcusdt_m1_2021-04_05_binance.csv.gz";

    private static final BacktestDriver DRIVER = BacktestDriver.shared();

    private static final String SINGLE = """
            {"kind":"single","feed":"backtested","symbol":"BTCUSDT","strategy":"rsi-40-60","from":"2021-04-21T00:00:00Z",\
            "to":"2021-05-20T00:00:00Z","capital":1000,"money":500,"fee":0.001,"slippage":0.0001}""";

    @BeforeAll
    static void store() {
        StoredMinutes.storeFile(StrategyDatabase.shared().market(), "backtested", "BTCUSDT", FILE);
    }

    private static JsonNode report(String name, String body) throws IOException {
        JsonNode report = DRIVER.runBacktest(body);
        Files.writeString(Path.of("target", name + ".json"), ExactJson.write(report));
        return report;
    }

    @Test
    void theApiSaysWhatTheClassSaysOfTheFile() throws IOException {
        JsonNode result = report("single", SINGLE).path("result");
        Strategy rsi = Strategy.rsi(Timeframe.M1);
        BarSeries bars = StoredMinutes.readBars(FILE);
        BacktestReport direct = new Backtest(
                new BacktestConfig(rsi, IndicatorConvention.PLAIN, new BigDecimal(1_000), new BigDecimal(500),
                        TransactionCosts.of(new BigDecimal("0.001"), BigDecimal.ZERO, new BigDecimal("0.0001")), 365,
                        List.of()))
            .run(bars, BacktestWindow.of(bars, Instant.parse("2021-04-21T00:00:00Z").toEpochMilli(),
                    Instant.parse("2021-05-20T00:00:00Z").toEpochMilli(), Timeframe.M1), null);
        assertThat(result.path("trades").intValue()).isEqualTo(direct.count()).isGreaterThan(100);
        assertThat(result.path("profit").decimalValue()).isEqualByComparingTo(direct.profit());
        assertThat(result.path("sharpe").doubleValue()).isEqualTo(direct.sharpe());
        assertThat(result.path("drawdown").doubleValue()).isEqualTo(direct.drawdown());
    }

    @Test
    void aSweepSaysHowMuchOfItIsLuck() throws IOException {
        JsonNode sweep = report("sweep", SINGLE.replace("\"single\"", "\"sweep\"").replace("\"capital\"", """
                "sweep":{"parameters":[{"path":"buy.at_or_below[1]","from":10,"to":40,"step":5},\
                {"path":"sell.at_or_above[1]","from":60,"to":90,"step":5},{"path":"stop","values":[0.01,0.03]}],\
                "by":"sharpe","least_trades":5,"top":3},"capital\"""")).path("sweep");
        assertThat(sweep.path("points").intValue()).isEqualTo(98);
        assertThat(sweep.path("luck").path("deflated").doubleValue()).isBetween(0.0, 1.0);
        assertThat(sweep.path("luck").path("daily_sharpe_by_luck").doubleValue()).isPositive();
    }

    @Test
    void aPatternOnOptionsIsShownBesideItsChance() throws IOException {
        JsonNode rate = report("options", """
                {"kind":"options","feed":"backtested","symbol":"BTCUSDT","from":"2021-04-21T00:00:00Z",\
                "to":"2021-05-20T00:00:00Z","capital":1000,"options":{"pattern":"Minoria","stake":1,"levels":[1,2,4],\
                "payout":0.87}}""").path("result").path("cycle_rate");
        assertThat(rate.path("sample").intValue()).isGreaterThan(5_000);
        assertThat(rate.path("interval").get(0).doubleValue()).isLessThan(rate.path("break_even").doubleValue());
    }

}
