package pregao.simulator.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What can be bought and sold at once: so many levels on each side of the last price,
 * each with a little, there again for everybody.
 */
final class Book {

    private static final int LEVELS = 20;

    private final Prices prices;

    private final SimulatorClock clock;

    Book(Prices prices, SimulatorClock clock) {
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
    List<Taken> take(Pair pair, boolean buying, BigDecimal quantity, @Nullable BigDecimal limit) {
        List<Taken> taken = new ArrayList<>();
        BigDecimal rest = quantity;
        long second = this.clock.seconds();
        long last = this.prices.at(pair, second);
        for (int level = 1; level <= LEVELS && rest.signum() > 0; level++) {
            BigDecimal price = pair.decimal(buying ? last + level : last - level);
            if (limit != null && (buying ? price.compareTo(limit) > 0 : price.compareTo(limit) < 0)) {
                break;
            }
            BigDecimal there = this.prices.quantity(pair, second * LEVELS + level);
            BigDecimal part = rest.min(there);
            taken.add(new Taken(price, part));
            rest = rest.subtract(part);
        }
        return taken;
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
    record Taken(BigDecimal price, BigDecimal quantity) {

    }

}
