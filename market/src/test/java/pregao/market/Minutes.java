package pregao.market;

import java.math.BigDecimal;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;

/**
 * Candles for tests, by what matters about them.
 */
public final class Minutes {

    public static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    private Minutes() {
    }

    public static long price(String decimal) {
        return Prices.of(new BigDecimal(decimal));
    }

    public static Candle given(long openTime, String open, String high, String low, String close, long volume) {
        return new Candle(EURUSD, Timeframe.M1, openTime, price(open), price(high), price(low), price(close),
                BigDecimal.valueOf(volume), null, CandleSource.GIVEN, true, 0);
    }

    public static Candle flat(long openTime, CandleSource source, boolean complete) {
        return new Candle(EURUSD, Timeframe.M1, openTime, Prices.ONE, Prices.ONE, Prices.ONE, Prices.ONE,
                BigDecimal.ONE, null, source, complete, 0);
    }

    public static Candle withSpread(Candle candle, Spread spread) {
        return new Candle(candle.instrument(), candle.timeframe(), candle.openTime(), candle.open(), candle.high(),
                candle.low(), candle.close(), candle.volume(), spread, candle.source(), candle.isFinal(),
                candle.revision());
    }

    public static Candle closingAt(Candle candle, String close) {
        return new Candle(candle.instrument(), candle.timeframe(), candle.openTime(), candle.open(),
                Math.max(candle.high(), price(close)), Math.min(candle.low(), price(close)), price(close),
                candle.volume(), candle.spread(), candle.source(), candle.isFinal(), candle.revision());
    }

}
