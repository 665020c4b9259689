package pregao.simulator.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Faults;
import pregao.simulator.Json;

/**
 * Makes, fills and ends orders.
 */
final class OrderDesk {

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private static final int SCALE = 8;

    private final Map<Long, Order> orders = new LinkedHashMap<>();

    private final Book book;

    private final Talks talks;

    private final Faults<Fault> faults;

    private final SimulatorClock clock;

    private long orderIds;

    private long tradeIds;

    private long executions;

    OrderDesk(Book book, Talks talks, Faults<Fault> faults, SimulatorClock clock) {
        this.book = book;
        this.talks = talks;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Makes an order, and fills what can be filled at once. That another order that is
     * over had the same name does not matter, as it does not at the broker.
     * @param account whose
     * @param wish what
     * @return the order
     */
    Order place(Account account, Wish wish) {
        for (Order other : this.orders.values()) {
            if (other.isOpen() && other.account().equals(account) && other.wish().clientId().equals(wish.clientId())) {
                throw new Refusal(-2010, "Duplicate order sent.");
            }
        }
        List<Book.Taken> parts = parts(wish);
        checkFunds(account, wish, parts);
        Order order = new Order(++this.orderIds, account, wish, this.clock.millis());
        this.orders.put(order.id(), order);
        boolean told = !this.faults.strikes(Fault.LOST_EVENT);
        tell(order, "NEW", null, told);
        fill(order, parts, told);
        if (order.isOpen() && !(wish.type().equals("LIMIT") && wish.timeInForce().equals("GTC"))) {
            order.end("EXPIRED", this.clock.millis());
            tell(order, "EXPIRED", null, told);
        }
        tellPosition(order, told);
        return order;
    }

    /** Fills orders that wait, where the price has come to them; once a second. */
    void settle() {
        for (Order order : List.copyOf(this.orders.values())) {
            if (order.isOpen()) {
                List<Book.Taken> parts = this.book.take(order.pair(), order.wish().buying(), order.rest(),
                        order.wish().price());
                fill(order, parts, true);
                if (!parts.isEmpty()) {
                    tellPosition(order, true);
                }
            }
        }
    }

    void cancel(Order order) {
        order.end("CANCELED", this.clock.millis());
        tell(order, "CANCELED", null, !this.faults.strikes(Fault.LOST_EVENT));
    }

    /**
     * An account's order.
     * @param account whose
     * @param pair of what
     * @param id the broker's number, or 0
     * @param clientId the user's name, or null
     * @return the latest one that fits, or null
     */
    @Nullable Order find(Account account, Pair pair, long id, @Nullable String clientId) {
        Order found = null;
        for (Order order : of(account, pair)) {
            if (order.id() == id || order.wish().clientId().equals(clientId)) {
                found = order;
            }
        }
        return found;
    }

    List<Order> of(Account account, @Nullable Pair pair) {
        return this.orders.values()
            .stream()
            .filter((order) -> order.account().equals(account) && (pair == null || order.pair().equals(pair)))
            .toList();
    }

    /**
     * Every order that was taken, whoever made it.
     * @return with {@code items}, the first first
     */
    ObjectNode all() {
        ObjectNode all = Json.object();
        ArrayNode items = all.putArray("items");
        this.orders.values().forEach((order) -> items.add(order.full().put("account", order.account().uid())));
        return all;
    }

    BigDecimal price(Pair pair) {
        return this.book.price(pair);
    }

    int size() {
        return this.orders.size();
    }

    void reset() {
        this.orders.clear();
        this.orderIds = 0;
    }

    private List<Book.Taken> parts(Wish wish) {
        BigDecimal most = wish.quantity();
        var partial = this.faults.strike(Fault.PARTIAL_FILL);
        if (partial.isPresent()) {
            most = most.multiply(BigDecimal.valueOf(partial.getAsLong(), 2))
                .setScale(wish.pair().quantityDecimals(), RoundingMode.DOWN);
        }
        List<Book.Taken> parts = this.book.take(wish.pair(), wish.buying(), most, wish.price());
        BigDecimal all = parts.stream().map(Book.Taken::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        return (wish.timeInForce().equals("FOK") && all.compareTo(wish.quantity()) < 0) ? List.of() : parts;
    }

    private static void checkFunds(Account account, Wish wish, List<Book.Taken> parts) {
        BigDecimal cost = wish.quantity();
        BigDecimal limit = wish.price();
        if (wish.buying() && limit != null) {
            cost = limit.multiply(wish.quantity());
        }
        else if (wish.buying()) {
            cost = parts.stream()
                .map((part) -> part.price().multiply(part.quantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
        if (account.free(wish.buying() ? wish.pair().quote() : wish.pair().base()).compareTo(cost) < 0) {
            throw new Refusal(-2010, "Account has insufficient balance for requested action.");
        }
    }

    private void fill(Order order, List<Book.Taken> parts, boolean told) {
        boolean buying = order.wish().buying();
        Pair pair = order.pair();
        for (Book.Taken part : parts) {
            String got = buying ? pair.base() : pair.quote();
            BigDecimal value = part.price().multiply(part.quantity());
            BigDecimal fee = (buying ? part.quantity() : value).multiply(FEE).setScale(SCALE, RoundingMode.DOWN);
            Trade trade = new Trade(++this.tradeIds, part.price(), part.quantity(), fee, got, this.clock.millis());
            order.add(trade);
            order.account().add(pair.base(), buying ? part.quantity() : part.quantity().negate(), BigDecimal.ZERO);
            order.account().add(pair.quote(), buying ? value.negate() : value, BigDecimal.ZERO);
            order.account().add(got, fee.negate(), BigDecimal.ZERO);
            tell(order, "TRADE", trade, told);
        }
        if (!parts.isEmpty()) {
            order.account().orders().giveBack();
        }
    }

    private void tell(Order order, String kind, @Nullable Trade trade, boolean really) {
        var report = order.report(kind, trade, ++this.executions, this.clock.millis());
        int times = this.faults.strikes(Fault.DUPLICATE_EVENT) ? 2 : 1;
        for (int time = 0; really && time < times; time++) {
            this.talks.all(ApiTalk.class).forEach((talk) -> talk.tell(order.account(), report));
        }
    }

    private void tellPosition(Order order, boolean really) {
        if (really) {
            var position = order.account()
                .position(this.clock.millis(), List.of(order.pair().base(), order.pair().quote()));
            this.talks.all(ApiTalk.class).forEach((talk) -> talk.tell(order.account(), position));
        }
    }

}
