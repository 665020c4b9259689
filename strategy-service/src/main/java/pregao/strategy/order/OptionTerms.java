package pregao.strategy.order;

import java.math.BigDecimal;

/**
 * What an option is about.
 *
 * @param seconds how long it runs
 * @param payout what it must pay at least beside the stake, as a part of it
 */
public record OptionTerms(int seconds, BigDecimal payout) implements OrderTerms {

}
