package pregao.session.polarium;

import java.time.Duration;

/**
 * When an option ends.
 *
 * @param type the product
 * @param at epoch seconds, 0 where the broker counts from the sale
 * @param seconds the length, where the broker counts from the sale
 */
record Expiry(OptionType type, long at, int seconds) {

    private static final long MINUTE = 60;

    private static final long QUARTER = 15 * MINUTE;

    /** This minute's end is taken only if more than so much of it is left. */
    private static final long LEAST_LEFT = 30;

    private static final int MINUTES = 5;

    private static final int QUARTERS = 50;

    private static final long QUARTER_FROM = 5 * MINUTE;

    /**
     * The one nearest to a length, among the next minutes' ends (turbo) and the quarters
     * of an hour more than five minutes away (binary); the earlier of two equally near.
     * Below a minute: a blitz option.
     * @param now the broker's time, epoch seconds
     * @param length what is wished for
     * @return what there is
     */
    static Expiry nearest(long now, Duration length) {
        long wish = length.toSeconds();
        if (wish < MINUTE) {
            return new Expiry(OptionType.BLITZ, 0, (int) wish);
        }
        long end = (Math.floorDiv(now, MINUTE) + 1) * MINUTE;
        long first = (end - now > LEAST_LEFT) ? end : end + MINUTE;
        Expiry best = new Expiry(OptionType.TURBO, first, 0);
        for (int minute = 1; minute < MINUTES; minute++) {
            best = best.or(new Expiry(OptionType.TURBO, first + minute * MINUTE, 0), now + wish);
        }
        long quarter = (Math.floorDiv(now + QUARTER_FROM, QUARTER) + 1) * QUARTER;
        for (int number = 0; number < QUARTERS; number++) {
            best = best.or(new Expiry(OptionType.BINARY, quarter + number * QUARTER, 0), now + wish);
        }
        return best;
    }

    /**
     * When it ends if it is sold at a moment.
     * @param sold epoch seconds
     * @return epoch seconds
     */
    long endIfSold(long sold) {
        return (this.at == 0) ? sold + this.seconds : this.at;
    }

    private Expiry or(Expiry other, long wish) {
        return (Math.abs(other.at - wish) < Math.abs(this.at - wish)) ? other : this;
    }

}
