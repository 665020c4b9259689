package pregao.market.option;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A first entry and those that follow it until one wins or no more are allowed. It goes
 * by what the broker paid, not by colours of candles.
 *
 * @param stakes of the entries, in the currency, rounded down to its decimals
 * @param equals what follows an entry whose stake came back
 * @param level the entry that is next, or was last where it is over; the first is 0
 * @param stake of that entry
 * @param profit of all so far
 * @param state whether it goes on
 */
public record MartingaleCycle(List<BigDecimal> stakes, TiePolicy equals, int level, BigDecimal stake, BigDecimal profit,
        State state) {

    public MartingaleCycle {
        stakes = List.copyOf(stakes);
        if (stakes.isEmpty() || stakes.stream().anyMatch((one) -> one.signum() <= 0)) {
            throw new IllegalArgumentException("stakes must be above 0, not " + stakes);
        }
    }

    /**
     * Begins one.
     * @param first the stake of the first entry
     * @param levels the stakes of all entries, where the first is 1
     * @param decimals of the currency
     * @param equals what follows an entry whose stake came back
     * @return before its first entry
     */
    public static MartingaleCycle begin(BigDecimal first, List<BigDecimal> levels, int decimals, TiePolicy equals) {
        List<BigDecimal> stakes = levels.stream()
            .map((level) -> first.multiply(level).setScale(decimals, RoundingMode.DOWN))
            .toList();
        return new MartingaleCycle(stakes, equals, 0, stakes.getFirst(), BigDecimal.ZERO.setScale(decimals),
                State.OPEN);
    }

    /**
     * What can be lost from here on, which must be there before the first entry.
     * @return the stakes of this entry and all that may follow
     */
    public BigDecimal risk() {
        if (this.state != State.OPEN) {
            return BigDecimal.ZERO;
        }
        // A stake that came back may be put in again in the place of a smaller one.
        return this.stakes.stream().skip(this.level + 1L).reduce(this.stake, BigDecimal::add);
    }

    /**
     * Takes how the entry ended.
     * @param settlement of the entry
     * @return what comes next
     */
    public MartingaleCycle settled(OptionSettlement settlement) {
        if (this.state != State.OPEN) {
            throw new IllegalStateException("the cycle is over");
        }
        BigDecimal sum = this.profit.add(settlement.profit());
        return switch (settlement.result()) {
            case WIN -> with(this.level, this.stake, sum, State.WON);
            case LOSS -> next(sum, null);
            case EQUAL -> switch (this.equals) {
                case SAME_STAKE -> next(sum, this.stake);
                case STOP -> with(this.level, this.stake, sum, State.EVEN);
                case AS_LOST -> next(sum, null);
            };
        };
    }

    private MartingaleCycle next(BigDecimal sum, @Nullable BigDecimal same) {
        int following = this.level + 1;
        if (following == this.stakes.size()) {
            return with(this.level, this.stake, sum, (sum.signum() < 0) ? State.LOST : State.EVEN);
        }
        return with(following, (same != null) ? same : this.stakes.get(following), sum, State.OPEN);
    }

    private MartingaleCycle with(int at, BigDecimal put, BigDecimal sum, State then) {
        return new MartingaleCycle(this.stakes, this.equals, at, put, sum, then);
    }

    /**
     * Whether a cycle goes on.
     */
    public enum State {

        /** An entry is next, or runs. */
        OPEN,
        /** An entry won. */
        WON,
        /** No entry won. */
        LOST,
        /** It ended with a stake that came back, and nothing lost. */
        EVEN

    }

}
