package pregao.session.broker.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a spot order that is over.
 *
 * @param brokerId the broker's number
 * @param quantity how much was traded, in the base asset; 0 where nothing was
 * @param quote what that cost or brought, in the quote asset
 * @param fees what the broker took, each asset once, in the order of their names; empty
 * where it took nothing
 */
public record Fill(long brokerId, BigDecimal quantity, BigDecimal quote, List<Fee> fees) {

    public Fill {
        if (quantity.signum() < 0 || quote.signum() < 0) {
            throw new IllegalArgumentException("a fill is not below 0: %s for %s".formatted(quantity, quote));
        }
        fees = List.copyOf(fees);
    }

    /**
     * What came of a spot order that is over.
     * @param brokerId the broker's number
     * @param quantity how much was traded, in the base asset
     * @param quote what that cost or brought, in the quote asset
     * @param fees what the broker took, by asset
     * @return without fees of nothing
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
     * What the broker took in one asset.
     *
     * @param asset such as {@code BNB}
     * @param amount of it
     */
    public record Fee(String asset, BigDecimal amount) {

    }

}
