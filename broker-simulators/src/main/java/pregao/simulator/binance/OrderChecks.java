package pregao.simulator.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import pregao.simulator.Faults;

/**
 * Which orders are taken, and what for.
 */
final class OrderChecks {

    private final OrderBook book;

    private final Faults<Fault> faults;

    OrderChecks(OrderBook book, Faults<Fault> faults) {
        this.book = book;
        this.faults = faults;
    }

    /**
     * Refuses orders that would be too many, or whose names are taken.
     * @param others all orders of the account
     * @param wishes which are wanted together
     */
    static void mayJoin(List<Order> others, List<OrderRequest> wishes) {
        int open = 0;
        int stops = 0;
        for (Order other : others) {
            if (other.isOpen()) {
                for (OrderRequest wish : wishes) {
                    if (other.wish().clientId().equals(wish.clientId())) {
                        throw new ApiErrorException(-2010, "Duplicate order sent.");
                    }
                }
                boolean same = other.pair().equals(wishes.getFirst().pair());
                open += same ? 1 : 0;
                stops += (same && other.wish().stop() != null) ? 1 : 0;
            }
        }
        for (OrderRequest wish : wishes) {
            if (wish.price() != null && ++open > Pair.MOST_ORDERS) {
                throw new ApiErrorException(-1013, "Filter failure: MAX_NUM_ORDERS");
            }
            if (wish.stop() != null && ++stops > Pair.MOST_STOPS) {
                throw new ApiErrorException(-1013, "Filter failure: MAX_NUM_ALGO_ORDERS");
            }
        }
    }

    /**
     * What an order gets at once.
     * @param wish the order
     * @return the best prices first, empty where it has to wait
     * @throws ApiErrorException where it must not get anything at once, and would
     */
    List<OrderBook.BookFill> parts(OrderRequest wish) {
        if (wish.stop() != null) {
            if (wish.isWanted(this.book.price(wish.pair()))) {
                throw new ApiErrorException(-2010, "Order would trigger immediately.");
            }
            return List.of();
        }
        if (wish.isMaker()) {
            if (!this.book.take(wish.pair(), wish.buying(), wish.quantity(), wish.price()).isEmpty()) {
                throw new ApiErrorException(-2010, "Order would immediately match and take.");
            }
            return List.of();
        }
        BigDecimal bigDecimal = wish.quantity();
        var partial = this.faults.strike(Fault.PARTIAL_FILL);
        if (partial.isPresent()) {
            bigDecimal = bigDecimal.multiply(BigDecimal.valueOf(partial.getAsLong(), 2))
                .setScale(wish.pair().quantityDecimals(), RoundingMode.DOWN);
        }
        List<OrderBook.BookFill> parts = this.book.take(wish.pair(), wish.buying(), bigDecimal, wish.price());
        return (wish.timeInForce().equals("FOK") && sum(parts).compareTo(wish.quantity()) < 0) ? List.of() : parts;
    }

    private static BigDecimal sum(List<OrderBook.BookFill> parts) {
        return parts.stream().map(OrderBook.BookFill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Returns what the whole order costs, including the part that is not filled at once.
     * @param wish the order
     * @param parts what it gets at once
     * @return in the asset that is spent
     */
    BigDecimal cost(OrderRequest wish, List<OrderBook.BookFill> parts) {
        BigDecimal limit = wish.price();
        if (!wish.buying()) {
            return wish.quantity();
        }
        if (limit != null) {
            return limit.multiply(wish.quantity());
        }
        BigDecimal cost = wish.quantity().subtract(sum(parts)).multiply(this.book.price(wish.pair()));
        for (OrderBook.BookFill part : parts) {
            cost = cost.add(part.price().multiply(part.quantity()));
        }
        return cost;
    }

    static void requireFunds(Account account, OrderRequest wish, BigDecimal cost) {
        if (account.free(wish.buying() ? wish.pair().quote() : wish.pair().base()).compareTo(cost) < 0) {
            throw new ApiErrorException(-2010, "Account has insufficient balance for requested action.");
        }
    }

}
