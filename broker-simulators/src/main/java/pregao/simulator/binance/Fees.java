package pregao.simulator.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;

import pregao.simulator.binance.OrderBook.BookFill;

/**
 * Computes the fee of a trade: a share of what the trader receives, or three quarters of
 * that share in BNB if fees in BNB are on and the trader has enough BNB.
 */
final class Fees {

    static final BigDecimal RATE = new BigDecimal("0.001");

    private static final BigDecimal DISCOUNT = new BigDecimal("0.75");

    private static final String BNB = "BNB";

    private static final String DOLLAR = "USDT";

    private static final int SCALE = 8;

    private final OrderBook book;

    private boolean inBnb;

    Fees(OrderBook book) {
        this.book = book;
    }

    void inBnb(boolean really) {
        this.inBnb = really;
    }

    Fee of(Order order, BookFill part) {
        boolean buying = order.wish().buying();
        BigDecimal value = part.price().multiply(part.quantity());
        if (this.inBnb) {
            BigDecimal fee = dollars(order.pair().quote(), value).multiply(RATE)
                .multiply(DISCOUNT)
                .divide(this.book.price(pair(BNB)), SCALE, RoundingMode.DOWN);
            if (order.account().free(BNB).compareTo(fee) >= 0) {
                return new Fee(BNB, fee);
            }
        }
        return new Fee(buying ? order.pair().base() : order.pair().quote(),
                (buying ? part.quantity() : value).multiply(RATE).setScale(SCALE, RoundingMode.DOWN));
    }

    private BigDecimal dollars(String asset, BigDecimal amount) {
        return asset.equals(DOLLAR) ? amount : amount.multiply(this.book.price(pair(asset)));
    }

    private static Pair pair(String asset) {
        Pair pair = Pair.named(asset + DOLLAR);
        if (pair == null) {
            throw new IllegalStateException(asset + " has no price in " + DOLLAR);
        }
        return pair;
    }

    /**
     * What is taken.
     *
     * @param asset in which
     * @param amount of it
     */
    record Fee(String asset, BigDecimal amount) {

    }

}
