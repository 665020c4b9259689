package pregao.market.risk;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;

/**
 * What must be there before something is opened. Amounts are in the account's currency.
 *
 * @param stake the most that one order puts in
 * @param amount what is at risk, with all entries that may follow
 * @param loss what of that is lost where everything goes wrong; 0 where a stop is to end
 * it before
 * @param gales how many entries may follow
 */
public record Reservation(BigDecimal stake, BigDecimal amount, BigDecimal loss, int gales) {

    /**
     * For an amount of something, which has a price and rarely loses all of it.
     * @param money that is put into it
     * @return without a worst loss
     */
    public static Reservation ofPosition(BigDecimal money) {
        return new Reservation(money, money, BigDecimal.ZERO, 0);
    }

    /**
     * For a whole cycle of options, each of which may lose its stake.
     * @param stakes of the first entry and of all that may follow it
     * @return the largest stake, and all of them together
     */
    public static Reservation ofCycle(List<BigDecimal> stakes) {
        BigDecimal sum = stakes.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Reservation(Collections.max(stakes), sum, sum, stakes.size() - 1);
    }

}
