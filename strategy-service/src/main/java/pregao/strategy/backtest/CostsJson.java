package pregao.strategy.backtest;

import java.math.BigDecimal;

import pregao.market.spot.Costs;
import pregao.strategy.document.Bounds;
import pregao.strategy.document.Document;

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
     * @param usual the fee where none is given
     * @return with the usual cap where none is given
     */
    public static Costs read(Document document, BigDecimal usual) {
        BigDecimal cap = document.decimal("price_cap", Bounds.above0("0.5", 8), Costs.USUAL_CAP);
        return Costs
            .of(document.decimal("fee", Bounds.from0("0.5", 8), usual),
                    document.decimal("spread", Bounds.from0("1000000", 8), BigDecimal.ZERO),
                    document.decimal("slippage", Bounds.from0("0.5", 8), BigDecimal.ZERO))
            .capped(cap);
    }

}
