package pregao.strategy.backtest;

import java.math.BigDecimal;

import pregao.market.spot.TransactionCosts;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.ObjectReader;

/**
 * Reads transaction costs from JSON.
 */
public final class CostsJson {

    private CostsJson() {
    }

    /**
     * Reads transaction costs and records errors.
     * @param document the document with the fields {@code fee}, {@code spread}, {@code
     * slippage} and {@code price_cap}
     * @param defaultFee the fee if the field is missing
     * @return the costs, with the default cap if {@code price_cap} is missing
     */
    public static TransactionCosts read(ObjectReader document, BigDecimal defaultFee) {
        BigDecimal cap = document.decimal("price_cap", DecimalRange.greaterThanZero("0.5", 8),
                TransactionCosts.USUAL_CAP);
        return TransactionCosts
            .of(document.decimal("fee", DecimalRange.atLeastZero("0.5", 8), defaultFee),
                    document.decimal("spread", DecimalRange.atLeastZero("1000000", 8), BigDecimal.ZERO),
                    document.decimal("slippage", DecimalRange.atLeastZero("0.5", 8), BigDecimal.ZERO))
            .capped(cap);
    }

}
