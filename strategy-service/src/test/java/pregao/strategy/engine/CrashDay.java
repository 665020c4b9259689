package pregao.strategy.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestReport;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Trade;
import pregao.strategy.bot.BotDefinitionReader;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.candle.StoredMinutes;

/**
 * The Bitcoin crash of 2021-05-19, which lost a third in hours, as recorded by Binance,
 * and backtests of that day.
 */
public final class CrashDay {

    /** The file with the minutes of the month. */
    public static final String FILE = "btcusdt_m1_2021-04_05_binance.csv.gz";

    private static final long MINUTE = 60_000;

    private static final long BEGIN = Instant.parse("2021-05-19T00:00:00Z").toEpochMilli();

    private static final long END = Instant.parse("2021-05-20T00:00:00Z").toEpochMilli();

    /** Exceeds the lookback of indicators on M5. */
    private static final int WARM_UP_MINUTES = 6_000;

    private static final BigDecimal CAPITAL = BigDecimal.valueOf(1_000_000);

    /** Long-only bots, by name. */
    private static final Map<String, String> LONG_BOTS = Map.of("rsi", """
            "strategy": {"name": "rsi", "timeframe": "M1", "buy": {"at_or_below": ["rsi", 40]},
              "sell": {"at_or_above": ["rsi", 60]}, "stop": 0.03, "take": 0.02, "shorts": false}""", "bands",
            """
                    "price_cap": 0.0003, "protections": [{"kind": "stop_guard", "lookback": "PT3H", "limit": 2, "rest": "PT1H"}],
                    "strategy": {"name": "bands", "timeframe": "M5", "buy": {"below": ["close", "bb_middle"]},
                      "sell": {"crossed_above": ["close", "bb_upper"]}, "stop": 0.01, "take": 0.015, "shorts": false}""",
            "colour", """
                    "price_cap": 0.0005, "protections": [{"kind": "cooldown", "rest": "PT5M"},
                      {"kind": "low_profit", "lookback": "PT1H", "least": 4, "required": -0.015, "rest": "PT20M"}],
                    "strategy": {"name": "colour", "timeframe": "M1", "buy": {"above": ["close", "open"]},
                      "sell": {"below": ["close", "open"]}, "stop": 0.004, "take": 0.004, "shorts": false}""", "dip",
            """
                    "convention": "classic", "price_cap": 0.0001,
                    "strategy": {"name": "dip", "timeframe": "M1", "buy": {"below": ["close", "open"]},
                      "sell": {"at_or_above": ["rsi", 75]}, "stop": 0.005, "take": 0.006, "shorts": false}""");

    /** Bots that also sell short, which only paper supports, by name. */
    private static final Map<String, String> SHORTING_BOTS = Map.of("rsi both", """
            "price_cap": 0.0005, "spread": 0.5, "slippage": 0.0001,
            "strategy": {"name": "rsi both", "timeframe": "M1", "buy": {"at_or_below": ["rsi", 40]},
              "sell": {"at_or_above": ["rsi", 60]}, "stop": 0.01, "take": 0.008, "shorts": true}""", "macd both", """
            "price_cap": 0.0002,
            "strategy": {"name": "macd both", "timeframe": "M15", "buy": {"crossed_above": ["macd", "macd_signal"]},
              "sell": {"crossed_below": ["macd", "macd_signal"]}, "stop": 0.02, "shorts": true}""", "colour both", """
            "price_cap": 0.001, "slippage": 0.0002, "protections": [{"kind": "cooldown", "rest": "PT3M"},
              {"kind": "stop_guard", "lookback": "PT1H", "limit": 3, "rest": "PT20M"},
              {"kind": "max_drawdown", "lookback": "PT6H", "least": 5, "most": 0.05, "rest": "PT30M"}],
            "strategy": {"name": "colour both", "timeframe": "M1", "buy": {"above": ["close", "open"]},
              "sell": {"below": ["close", "open"]}, "stop": 0.004, "take": 0.006, "shorts": true}""");

    private final BarSeries bars = StoredMinutes.readBars(FILE);

    /**
     * Returns stored definitions of bots.
     * @param includesShorts whether to include bots that sell short
     * @param instrument the instrument of the bots
     * @return the definitions as JSON, by name
     */
    public static Map<String, String> settings(boolean includesShorts, Instrument instrument) {
        Map<String, String> settings = new TreeMap<>(LONG_BOTS);
        if (includesShorts) {
            settings.putAll(SHORTING_BOTS);
        }
        settings.replaceAll((name,
                fragment) -> "{\"name\": \"%s\", \"stake\": 1000, \"fee\": 0.001, %s, \"instruments\": [{\"feed\": \"%s\", \"symbol\": \"%s\"}]}"
                    .formatted(name, fragment, instrument.feed(), instrument.symbol()));
        return settings;
    }

    /**
     * Parses the plan of a bot.
     * @param settings the stored definition
     * @return the plan
     */
    public static TradingPlan.Spot plan(String settings) {
        return (TradingPlan.Spot) BotDefinitionReader.read(settings).plan();
    }

    /**
     * Returns the minutes of the day, preceded by the last minute before it, at whose end
     * the first decision is made.
     * @param instrument the instrument of the candles
     * @return the candles in order of time
     */
    public List<Candle> minutes(Instrument instrument) {
        List<Candle> minutes = new ArrayList<>();
        for (int i = indexOf(BEGIN - MINUTE); i < indexOf(END); i++) {
            minutes.add(new Candle(instrument, Timeframe.M1, this.bars.times()[i], this.bars.opens()[i],
                    this.bars.highs()[i], this.bars.lows()[i], this.bars.closes()[i], BigDecimal.ONE, null,
                    CandleSource.GIVEN, true, 1));
        }
        return minutes;
    }

    /**
     * Replays the minutes before those of {@link #minutes}, enough to warm up the
     * indicators.
     * @param listener receives the minutes
     */
    public void replayWarmUp(Minute listener) {
        int begin = indexOf(BEGIN - MINUTE);
        for (int i = begin - WARM_UP_MINUTES; i < begin; i++) {
            listener.minute(this.bars.times()[i], this.bars.opens()[i], this.bars.highs()[i], this.bars.lows()[i],
                    this.bars.closes()[i]);
        }
    }

    private int indexOf(long time) {
        int index = Arrays.binarySearch(this.bars.times(), time);
        if (index < 0) {
            throw new IllegalArgumentException("there is no minute " + Instant.ofEpochMilli(time));
        }
        return index;
    }

    /**
     * Runs a backtest of a plan on the day. A position that is open at the end is not
     * sold.
     * @param plan the plan of a bot
     * @return the signals and the trades
     */
    public Tried backtest(TradingPlan.Spot plan) {
        List<String> signals = new ArrayList<>();
        BacktestReport report = new Backtest(new BacktestConfig(plan.strategy(), plan.convention(), CAPITAL,
                plan.money(), plan.costs(), 365, plan.protections()))
            .listen(this.bars, BacktestWindow.of(this.bars, BEGIN, END, plan.strategy().timeframe()),
                    (time, signal) -> signals
                        .add("%s %s".formatted(Instant.ofEpochMilli(time), signal.name().toLowerCase(Locale.ROOT))));
        return new Tried(signals,
                report.trades().stream().filter((trade) -> trade.reason() != ExitDecision.Reason.END).toList());
    }

    /**
     * Returns the price of a decision.
     * @param time the time of the decision, a whole minute in epoch milliseconds
     * @return the last price before the decision
     */
    public BigDecimal decisionPrice(long time) {
        return Prices.toDecimal(this.bars.closes()[indexOf(time) - 1]);
    }

    /**
     * Returns whether an entry cannot be filled at the first price after its decision.
     * Implements ADR 0040 independently of the production code.
     * @param plan the plan of a bot
     * @param isLong whether the entry is a purchase
     * @param time the time of the decision, in epoch milliseconds
     * @return true if the fill would be worse than the cap allows
     */
    public boolean isBeyondCap(TradingPlan.Spot plan, boolean isLong, long time) {
        BigDecimal open = Prices.toDecimal(this.bars.opens()[indexOf(time)]);
        BigDecimal worse = Prices.toDecimal(plan.costs().spread())
            .divide(BigDecimal.TWO, Prices.SCALE, RoundingMode.UP)
            .add(open.multiply(Prices.toDecimal(plan.costs().slippage())).setScale(Prices.SCALE, RoundingMode.UP));
        BigDecimal cap = decisionPrice(time).multiply(Prices.toDecimal(plan.costs().cap()));
        return isLong ? open.add(worse).compareTo(decisionPrice(time).add(cap)) > 0
                : open.subtract(worse).compareTo(decisionPrice(time).subtract(cap)) < 0;
    }

    /**
     * The result of a backtest.
     *
     * @param signals the signals, such as {@code 2021-05-19T00:01:00Z buy}
     * @param trades the trades in order
     */
    public record Tried(List<String> signals, List<Trade> trades) {

        public Tried {
            signals = List.copyOf(signals);
            trades = List.copyOf(trades);
        }

    }

    /**
     * Receives minutes.
     */
    @FunctionalInterface
    public interface Minute {

        /**
         * Receives a minute.
         * @param time the open time in epoch milliseconds
         * @param open the open price in units of 1e-8
         * @param high the high price in units of 1e-8
         * @param low the low price in units of 1e-8
         * @param close the close price in units of 1e-8
         */
        void minute(long time, long open, long high, long low, long close);

    }

}
