package pregao.session.broker.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fill of a completed spot order.
 *
 * @param brokerId the broker's order ID
 * @param quantity the quantity traded, in the base asset; 0 if nothing was traded
 * @param quote the cost or proceeds, in the quote asset
 * @param fees the fees, one per asset, sorted by asset; empty if there are none
 */
public record Fill(long brokerId, BigDecimal quantity, BigDecimal quote, List<Fee> fees) {

    public Fill {
        if (quantity.signum() < 0 || quote.signum() < 0) {
            throw new IllegalArgumentException("a fill is not below 0: %s for %s".formatted(quantity, quote));
        }
        fees = List.copyOf(fees);
    }

    /**
     * Creates a fill.
     * @param brokerId the broker's order ID
     * @param quantity the quantity traded, in the base asset
     * @param quote the cost or proceeds, in the quote asset
     * @param fees the fees by asset
     * @return the fill, without fees of 0
     */
    public static Fill of(long brokerId, BigDecimal quantity, BigDecimal quote, Map<String, BigDecimal> fees) {
        return new Fill(brokerId, quantity, quote,
                new TreeMap<>(fees).entrySet()
                    .stream()
                    .filter((fee) -> fee.getValue().signum() != 0)
                    .map((fee) -> new Fee(fee.getKey(), fee.getValue()))
                    .toList());
    }

    /**
     * The fee in one asset.
     *
     * @param asset the asset, such as {@code BNB}
     * @param amount the amount in the asset
     */
    public record Fee(String asset, BigDecimal amount) {

    }

}
