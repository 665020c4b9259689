package pregao.session.broker;

import java.math.BigDecimal;

/**
 * What came of a spot order that is over.
 *
 * @param brokerId the broker's number
 * @param quantity how much was traded, in the base asset; 0 where nothing was
 * @param quote what that cost or brought, in the quote asset
 * @param fee what the broker took
 * @param feeAsset in which asset, empty where there was no fee
 */
public record Fill(long brokerId, BigDecimal quantity, BigDecimal quote, BigDecimal fee, String feeAsset) {

    public Fill {
        if (quantity.signum() < 0 || quote.signum() < 0) {
            throw new IllegalArgumentException("a fill is not below 0: %s for %s".formatted(quantity, quote));
        }
    }

}
