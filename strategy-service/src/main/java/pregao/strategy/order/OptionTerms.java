package pregao.strategy.order;

import java.math.BigDecimal;

/**
 * The terms of an option order.
 *
 * @param seconds the time to expiry, in seconds
 * @param payout the minimum payout in addition to the stake, as a fraction of the stake
 */
public record OptionTerms(int seconds, BigDecimal payout) implements OrderTerms {

}
