package pregao.market.option;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;

/**
 * Bets on options over minutes that are past. An option is bought at the open of its
 * first minute and ends at the close of its last one; where one of the two is missing
 * nobody knows, and its cycle ends there. What is not over at the end counts for nothing.
 */
public final class OptionBacktest {

    private final OptionBacktestConfig settings;

    private final OptionReportBuilder tally;

    private final OptionTrader trader;

    private @Nullable OptionEntry open;

    private long strike;

    private long candle = Long.MIN_VALUE;

    private long first;

    private OptionBacktest(OptionBacktestConfig settings) {
        this.settings = settings;
        this.tally = new OptionReportBuilder(settings);
        this.trader = new OptionTrader(settings.plan(), OptionTraderSnapshot.EMPTY, this.tally::ended);
    }

    /**
     * Runs.
     * @param settings what is tried
     * @param bars minutes
     * @param range which of them are traded, and which only looked at
     * @return what came of it
     */
    public static OptionReport run(OptionBacktestConfig settings, BarSeries bars, BacktestWindow range) {
        OptionBacktest backtest = new OptionBacktest(settings);
        long begin = (range.begin() < range.end()) ? bars.times()[range.begin()] : Long.MAX_VALUE;
        for (int i = range.warm(); i < range.end(); i++) {
            backtest.minute(bars.times()[i], bars.opens()[i], bars.closes()[i], begin);
        }
        return backtest.tally.report(range.end() - range.begin());
    }

    private void minute(long time, long opened, long closed, long begin) {
        long end = time + Timeframe.M1.millis();
        OptionEntry optionEntry = this.trader.minute(time, opened, closed);
        OptionEntry entry = this.open;
        if (entry != null) {
            if (time == entry.at()) {
                this.strike = opened;
            }
            if (this.strike == 0 || end > entry.until()) {
                this.open = null;
                optionEntry = this.trader.voided();
            }
            else if (end == entry.until()) {
                this.open = null;
                optionEntry = settle(entry, closed);
            }
        }
        if (time >= begin) {
            count(time, opened, closed);
        }
        if (optionEntry != null) {
            buy(optionEntry, begin);
        }
    }

    /** The colours of the time, for the chance level. */
    private void count(long time, long opened, long closed) {
        Timeframe timeframe = this.settings.plan().pattern().timeframe();
        if (timeframe.bucketStart(time) != this.candle) {
            this.candle = timeframe.bucketStart(time);
            this.first = opened;
        }
        if (time + Timeframe.M1.millis() == timeframe.bucketEnd(time)) {
            this.tally.candle(this.first, closed);
        }
    }

    private @Nullable OptionEntry settle(OptionEntry entry, long close) {
        OptionSettlement settlement = OptionSettlement.of(entry.direction(), this.strike, close, entry.stake(),
                this.settings.payout(), this.settings.plan().decimals());
        this.tally.traded(new OptionTrade(entry, this.strike, close, settlement));
        return this.trader.settled(settlement);
    }

    private void buy(OptionEntry entry, long begin) {
        boolean affordable = entry.level() > 0 || this.tally.cash().compareTo(entry.risk()) >= 0;
        if (entry.at() >= begin && affordable) {
            this.open = entry;
            this.strike = 0;
        }
        else {
            this.tally.refuse(this.trader::voided, entry.at() >= begin);
        }
    }

}
