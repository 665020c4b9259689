package pregao.simulator.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
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
final class MatchingEngine {

    private final Map<Long, Order> orders = new LinkedHashMap<>();

    private final List<OrderList> lists = new ArrayList<>();

    private final OrderBook book;

    private final OrderChecks checks;

    private final Fees fees;

    private final UserEvents events;

    private final Faults<Fault> faults;

    private final SimulatorClock clock;

    private long orderIds;

    private long listIds;

    private long tradeIds;

    MatchingEngine(OrderBook book, Fees fees, UserEvents events, Faults<Fault> faults, SimulatorClock clock) {
        this.book = book;
        this.checks = new OrderChecks(book, faults);
        this.fees = fees;
        this.events = events;
        this.faults = faults;
        this.clock = clock;
        this.orderIds = clock.seconds();
        this.listIds = clock.seconds();
        this.tradeIds = clock.seconds();
    }

    /**
     * Makes an order, and fills what can be filled at once. That another order that is
     * over had the same name does not matter, as it does not at the broker.
     * @param account whose
     * @param wish what
     * @return the order
     */
    Order place(Account account, OrderRequest wish) {
        OrderChecks.mayJoin(of(account, null), List.of(wish));
        List<OrderBook.BookFill> parts = this.checks.parts(wish);
        BigDecimal cost = this.checks.cost(wish, parts);
        OrderChecks.requireFunds(account, wish, cost);
        Order order = new Order(++this.orderIds, account, wish, this.clock.millis());
        if (wish.price() != null) {
            order.lock(cost);
        }
        boolean told = begin(order);
        trade(order, parts, told);
        this.events.balances(order, told);
        return order;
    }

    /**
     * Makes an OCO pair: two orders of which one is executed. Locks the funds once.
     * @param account whose
     * @param clientId the user's name of the list
     * @param wishes the two
     * @return both
     */
    OrderList place(Account account, String clientId, List<OrderRequest> wishes) {
        OrderChecks.mayJoin(of(account, null), wishes);
        if (this.lists.stream().filter((list) -> list.isOpen() && isOf(list, account)).count() >= Pair.MOST_LISTS) {
            throw new ApiErrorException(-1013, "Filter failure: MAX_NUM_ORDER_LISTS");
        }
        BigDecimal cost = BigDecimal.ZERO;
        for (OrderRequest wish : wishes) {
            cost = cost.max(this.checks.cost(wish, this.checks.parts(wish)));
        }
        OrderChecks.requireFunds(account, wishes.getFirst(), cost);
        List<Order> both = wishes.stream()
            .map((wish) -> new Order(++this.orderIds, account, wish, this.clock.millis()))
            .toList();
        OrderList list = new OrderList(++this.listIds, clientId, both, this.clock.millis());
        this.lists.add(list);
        both.getFirst().lock(cost);
        both.forEach((order) -> order.joins(list));
        boolean told = both.stream().map(this::begin).reduce(true, Boolean::logicalAnd);
        this.events.list(list, told);
        this.events.balances(both.getFirst(), told);
        return list;
    }

    /** Fills orders that wait, where the price has come to them; once a second. */
    void settle() {
        for (Order order : List.copyOf(this.orders.values())) {
            if (order.isOpen() && isWanted(order)) {
                List<OrderBook.BookFill> parts = this.book.take(order.pair(), order.wish().buying(), order.rest(),
                        order.wish().price());
                trade(order, parts, true);
                if (!parts.isEmpty() || !order.isOpen()) {
                    this.events.balances(order, true);
                }
            }
        }
    }

    /** Whether an order lies in the book; one with a stop price comes there now. */
    private boolean isWanted(Order order) {
        if (!order.isWorking() && order.wish().isWanted(price(order.pair()))) {
            order.work(this.clock.millis());
            this.events.order(order, "NEW", null, true);
            endOther(order, true);
        }
        return order.isWorking();
    }

    /**
     * Ends an order, and with it the other one of its list.
     * @param order which
     * @param name the user's of the end, or null
     */
    void cancel(Order order, @Nullable String name) {
        boolean told = !this.faults.strikes(Fault.LOST_EVENT);
        OrderList list = order.list();
        for (Order each : (list == null) ? List.of(order) : list.orders()) {
            if (each.isOpen()) {
                each.cancel(name, this.clock.millis());
                this.events.order(each, "CANCELED", null, told);
            }
        }
        if (list != null) {
            this.events.list(list, told);
        }
        this.events.balances(order, told);
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

    List<OrderList> lists(Account account) {
        return this.lists.stream().filter((list) -> isOf(list, account)).toList();
    }

    /**
     * Every order that was taken, whoever made it.
     * @return with {@code items}, the first first
     */
    ObjectNode all() {
        ObjectNode objectNode = Json.object();
        ArrayNode items = objectNode.putArray("items");
        this.orders.values().forEach((order) -> items.add(order.full().put("account", order.account().uid())));
        return objectNode;
    }

    BigDecimal price(Pair pair) {
        return this.book.price(pair);
    }

    BigDecimal average(Pair pair) {
        return this.book.average(pair);
    }

    Fees fees() {
        return this.fees;
    }

    int size() {
        return this.orders.size();
    }

    void reset() {
        this.orders.clear();
        this.lists.clear();
        this.orderIds = 0;
        this.listIds = 0;
    }

    private static boolean isOf(OrderList list, Account account) {
        return list.orders().getFirst().account().equals(account);
    }

    /** Notes an order; whether its user is told of it. */
    private boolean begin(Order order) {
        this.orders.put(order.id(), order);
        boolean told = !this.faults.strikes(Fault.LOST_EVENT);
        this.events.order(order, "NEW", null, told);
        return told;
    }

    private void trade(Order order, List<OrderBook.BookFill> parts, boolean told) {
        boolean maker = this.clock.millis() > order.created() && order.wish().stop() == null;
        for (OrderBook.BookFill part : parts) {
            Fees.Fee fee = this.fees.of(order, part);
            Trade trade = new Trade(++this.tradeIds, part.price(), part.quantity(), fee.amount(), fee.asset(), maker,
                    this.clock.millis());
            order.add(trade);
            this.events.order(order, "TRADE", trade, told);
        }
        if (!parts.isEmpty()) {
            order.account().orders().giveBack();
            endOther(order, told);
        }
        if (order.isOpen() && order.isWorking() && !order.wish().rests()) {
            order.end("EXPIRED", this.clock.millis());
            this.events.order(order, "EXPIRED", null, told);
        }
        OrderList list = order.list();
        if (list != null && !order.isOpen()) {
            this.events.list(list, told);
        }
    }

    private void endOther(Order order, boolean told) {
        OrderList list = order.list();
        if (list != null && list.other(order).isOpen()) {
            order.takeLock(list.other(order));
            list.other(order).end("EXPIRED", this.clock.millis());
            this.events.order(list.other(order), "EXPIRED", null, told);
        }
    }

}
