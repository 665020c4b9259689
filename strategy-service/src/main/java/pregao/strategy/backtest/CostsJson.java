package pregao.strategy.backtest;

import java.math.BigDecimal;

import pregao.market.spot.TransactionCosts;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.ObjectReader;

/**
 * Costs as JSON.
 */
public final class CostsJson {

    private CostsJson() {
    }

    /**
     * Reads costs, noting what is wrong.
     * @param document whose fields {@code fee}, {@code spread}, {@code slippage} and
     * {@code price_cap} have them
     * @param defaultFee the fee where none is given
     * @return with the usual cap where none is given
     */
    public static TransactionCosts read(ObjectReader document, BigDecimal defaultFee) {
        BigDecimal cap = document.decimal("price_cap", DecimalRange.above0("0.5", 8), TransactionCosts.USUAL_CAP);
        return TransactionCosts
            .of(document.decimal("fee", DecimalRange.from0("0.5", 8), defaultFee),
                    document.decimal("spread", DecimalRange.from0("1000000", 8), BigDecimal.ZERO),
                    document.decimal("slippage", DecimalRange.from0("0.5", 8), BigDecimal.ZERO))
            .capped(cap);
    }

}
