package pregao.market.option;

import java.math.BigDecimal;

/**
 * What is tried on options.
 *
 * @param plan what is bet
 * @param payout what an option pays beside the stake, as a part of it
 * @param capital what there is at the start, in the currency
 */
public record OptionBacktestConfig(OptionStrategyConfig plan, BigDecimal payout, BigDecimal capital) {

    public OptionBacktestConfig {
        if (payout.signum() <= 0) {
            throw new IllegalArgumentException("payout must be above 0, not " + payout);
        }
        if (plan.begin().risk().compareTo(capital) > 0) {
            throw new IllegalArgumentException(
                    "capital must be at least what one cycle can lose, %s".formatted(plan.begin().risk()));
        }
    }

}
