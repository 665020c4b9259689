package pregao.market.risk;

import java.math.BigDecimal;

/**
 * What an account may put at risk, in its currency.
 *
 * @param stake by one order, also by the largest that may follow in a cycle
 * @param exposure by all that is open together, entries that may still follow included
 * @param dailyLoss what may be lost from one UTC midnight to the next before nothing is
 * opened any more that day; a cycle of options is opened only where all of it may be lost
 * @param drawdown how deep all profits together may fall from their peak before nothing
 * is opened any more; a cycle of options is opened only where all of it may be lost
 * @param gales how many entries may follow a lost one
 */
public record RiskLimits(BigDecimal stake, BigDecimal exposure, BigDecimal dailyLoss, BigDecimal drawdown, int gales) {

    /** What a new account has. */
    public static final RiskLimits USUAL = new RiskLimits(new BigDecimal("1000"), new BigDecimal("5000"),
            new BigDecimal("1000"), new BigDecimal("2500"), 2);

    private static final int MOST_GALES = 5;

    public RiskLimits {
        above(stake, "stake");
        above(exposure, "exposure");
        above(dailyLoss, "daily_loss");
        above(drawdown, "drawdown");
        if (gales < 0 || gales > MOST_GALES) {
            throw new IllegalArgumentException("gales must be from 0 to 5, not " + gales);
        }
    }

    private static void above(BigDecimal amount, String field) {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("%s must be above 0, not %s".formatted(field, amount));
        }
    }

}
