package pregao.simulator.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What can be bought and sold at once: so many levels on each side of the last price,
 * each with a little, there again for everybody.
 */
final class OrderBook {

    private static final int LEVELS = 20;

    private static final int MEAN_SECONDS = 300;

    private static final int SCALE = 8;

    private final PriceGenerator prices;

    private final SimulatorClock clock;

    OrderBook(PriceGenerator prices, SimulatorClock clock) {
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * What somebody gets who wants something now.
     * @param pair of what
     * @param buying whether it is bought
     * @param quantity how much at most
     * @param limit the worst price, or null
     * @return the best prices first, empty where nothing is to be had
     */
    List<BookFill> take(Pair pair, boolean buying, BigDecimal quantity, @Nullable BigDecimal limit) {
        List<BookFill> taken = new ArrayList<>();
        BigDecimal rest = quantity;
        for (BookFill level : levels(pair, buying, LEVELS)) {
            boolean tooBad = limit != null
                    && (buying ? level.price().compareTo(limit) > 0 : level.price().compareTo(limit) < 0);
            if (tooBad || rest.signum() <= 0) {
                break;
            }
            BigDecimal part = rest.min(level.quantity());
            taken.add(new BookFill(level.price(), part));
            rest = rest.subtract(part);
        }
        return taken;
    }

    /**
     * One side of what is there.
     * @param pair of what
     * @param buying whether it is what buyers get
     * @param most levels at most
     * @return the best first
     */
    List<BookFill> levels(Pair pair, boolean buying, long most) {
        long second = this.clock.seconds();
        long last = this.prices.at(pair, second);
        List<BookFill> levels = new ArrayList<>();
        for (int level = 1; level <= Math.min(LEVELS, most); level++) {
            levels.add(new BookFill(pair.decimal(buying ? last + level : last - level),
                    this.prices.quantity(pair, second * LEVELS + level)));
        }
        return levels;
    }

    /**
     * The mean of the last five minutes, by which the filters judge.
     * @param pair of what
     * @return its price
     */
    BigDecimal average(Pair pair) {
        long now = this.clock.seconds();
        BigDecimal value = BigDecimal.ZERO;
        long steps = 0;
        for (long second = now - MEAN_SECONDS + 1; second <= now; second++) {
            long there = this.prices.steps(pair, second);
            steps += there;
            value = value.add(pair.decimal(this.prices.at(pair, second)).multiply(BigDecimal.valueOf(there)));
        }
        return value.divide(BigDecimal.valueOf(steps), SCALE, RoundingMode.HALF_UP);
    }

    BigDecimal price(Pair pair) {
        return pair.decimal(this.prices.at(pair, this.clock.seconds()));
    }

    /**
     * A part that somebody gets.
     *
     * @param price for which
     * @param quantity in the base asset
     */
    record BookFill(BigDecimal price, BigDecimal quantity) {

    }

}
