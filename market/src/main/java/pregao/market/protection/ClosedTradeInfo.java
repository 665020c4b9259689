package pregao.market.protection;

import java.math.BigDecimal;
import java.math.RoundingMode;

import pregao.contracts.Prices;

/**
 * A trade that is over, as protections see it.
 *
 * @param symbol of what
 * @param at when, epoch milliseconds
 * @param profit as a part of what was put in
 * @param stopped whether its stop ended it
 */
public record ClosedTradeInfo(String symbol, long at, BigDecimal profit, boolean stopped) {

    /**
     * A trade, live or in a backtest.
     * @param symbol of what
     * @param at when, epoch milliseconds
     * @param profit after fees, in money
     * @param stake what the position was to get, in money
     * @param stopped whether its stop ended it
     * @return its profit as a part of the stake, rounded half-even; 0 without a stake
     */
    public static ClosedTradeInfo of(String symbol, long at, BigDecimal profit, BigDecimal stake, boolean stopped) {
        BigDecimal part = (stake.signum() > 0) ? profit.divide(stake, Prices.SCALE, RoundingMode.HALF_EVEN)
                : BigDecimal.ZERO;
        return new ClosedTradeInfo(symbol, at, part, stopped);
    }

}
