package pregao.simulator.polarium;

import java.math.BigDecimal;
import java.util.List;

/**
 * Something that options are written on.
 *
 * @param id the broker's number
 * @param ticker such as {@code EURUSD-OTC}
 * @param price around which its prices walk, units of its last decimal
 * @param precision how many decimals its prices have
 * @param commission 100 less the payout in percent, at first
 */
record Asset(int id, String ticker, long price, int precision, int commission) {

    /** Seconds before the expiry when nothing is sold any more. */
    static final int DEAD_TIME = 30;

    static final BigDecimal LEAST_STAKE = BigDecimal.ONE;

    static final BigDecimal MOST_STAKE = BigDecimal.valueOf(20_000);

    /** How long a blitz option may run, seconds. */
    static final List<Integer> BLITZ_SIZES = List.of(5, 10, 15, 30, 60);

    static final List<Asset> ALL = List.of(new Asset(76, "EURUSD-OTC", 1_138_250, 6, 13),
            new Asset(77, "EURGBP-OTC", 864_120, 6, 15), new Asset(81, "GBPUSD-OTC", 1_317_400, 6, 14),
            new Asset(85, "USDJPY-OTC", 151_230, 3, 16), new Asset(86, "AUDCAD-OTC", 912_340, 6, 18),
            new Asset(816, "BTCUSD", 9_421_500, 2, 20), new Asset(1861, "EURUSD-op", 1_137_900, 6, 12));

    BigDecimal decimal(long units) {
        return BigDecimal.valueOf(units, this.precision);
    }

}
