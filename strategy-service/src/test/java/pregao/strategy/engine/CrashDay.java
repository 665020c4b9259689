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
 * Bitcoin on 2021-05-19, when it lost a third in hours, as Binance recorded it; and what
 * a backtest says of that day.
 */
public final class CrashDay {

    /** All minutes of a month. */
    public static final String FILE = "btcusdt_m1_2021-04_05_binance.csv.gz";

    private static final long MINUTE = 60_000;

    private static final long BEGIN = Instant.parse("2021-05-19T00:00:00Z").toEpochMilli();

    private static final long END = Instant.parse("2021-05-20T00:00:00Z").toEpochMilli();

    /** More than indicators on M5 look back. */
    private static final int WARM_UP_MINUTES = 6_000;

    private static final BigDecimal CAPITAL = BigDecimal.valueOf(1_000_000);

    /** Bots that only buy first, by their names. */
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

    /** Bots that sell first, too, which only paper does. */
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
     * What is stored of some bots.
     * @param includesShorts those that sell first too, beside those that only buy
     * @param instrument on which
     * @return settings by name
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
     * What a bot follows.
     * @param settings as they are stored
     * @return its plan
     */
    public static TradingPlan.Spot plan(String settings) {
        return (TradingPlan.Spot) BotDefinitionReader.read(settings).plan();
    }

    /**
     * The minutes of the day, and the last before it, at whose end the first decision is
     * made.
     * @param instrument as which
     * @return in their order
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
     * The minutes before those of {@link #minutes}, so many that indicators are warm.
     * @param listener hears of each
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
     * Tries a plan on the day. What is still held at its end is not sold.
     * @param plan of a bot
     * @return what was said and traded
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
     * The price of a decision.
     * @param time a whole minute
     * @return the last price before it
     */
    public BigDecimal decisionPrice(long time) {
        return Prices.toDecimal(this.bars.closes()[indexOf(time) - 1]);
    }

    /**
     * Whether an entry cannot be filled at the first price after its decision: anew, from
     * ADR 0040.
     * @param plan whose
     * @param isLong whether it is bought
     * @param time of the decision
     * @return true where the fill would be worse than the cap allows
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
     * What came of a backtest.
     *
     * @param signals such as {@code 2021-05-19T00:01:00Z buy}
     * @param trades in order
     */
    public record Tried(List<String> signals, List<Trade> trades) {

        public Tried {
            signals = List.copyOf(signals);
            trades = List.copyOf(trades);
        }

    }

    /**
     * Hears of minutes.
     */
    @FunctionalInterface
    public interface Minute {

        /**
         * A minute.
         * @param time its open time, epoch milliseconds
         * @param open units of 1e-8
         * @param high units of 1e-8
         * @param low units of 1e-8
         * @param close units of 1e-8
         */
        void minute(long time, long open, long high, long low, long close);

    }

}
