package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Fill;

/**
 * Tracker of a user's orders. Execution reports can be duplicated, late, or out of order.
 * For each order the tracker reports at most once that it's running, and once its fill.
 */
final class OrderTracker {

    private static final int MAX_ORDERS = 2000;

    private final Map<OrderIds, KnownOrder> orders = new LinkedHashMap<>();

    /**
     * Applies an execution report.
     * @param report an event of type {@code executionReport}
     * @return the update to publish, or null if there is none
     */
    @Nullable BrokerOrderState applyReport(JsonNode report) {
        String originalClientId = report.path("C").asString("");
        OrderIds ids = new OrderIds(report.path("i").asLong(0),
                originalClientId.isEmpty() ? report.path("c").asString("") : originalClientId);
        KnownOrder order = findOrCreate(ids, report.path("s").asString(""));
        if (order.fill != null) {
            return null;
        }
        if (report.path("x").asString("").equals("TRADE") && order.tradeIds.add(report.path("t").asLong(0))) {
            order.reportedQuantity = order.reportedQuantity.add(JsonTrees.parseDecimal(report.path("l")));
            order.fees.merge(report.path("N").asString(""), JsonTrees.parseDecimal(report.path("n")), BigDecimal::add);
        }
        if (OrderResponseMapper.isFinal(report.path("X").asString(""))) {
            order.isFinal = true;
            order.executedQuantity = JsonTrees.parseDecimal(report.path("z"));
            order.executedQuote = JsonTrees.parseDecimal(report.path("Z"));
        }
        if (order.isFinal && order.reportedQuantity.compareTo(order.executedQuantity) == 0) {
            return recordFill(order, Fill.of(ids.id(), order.executedQuantity, order.executedQuote, order.fees));
        }
        boolean isNew = !order.runningReported && !order.isFinal;
        order.runningReported = true;
        return isNew ? new BrokerOrderState.Running(ids.id()) : null;
    }

    /**
     * Records the fill of an order that a query found to be final.
     * @param clientId the client order id
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @param fill the fill
     * @return the update to publish, or null if the fill was known
     */
    @Nullable BrokerOrderState recordFill(String clientId, String symbol, Fill fill) {
        OrderIds ids = new OrderIds(fill.brokerId(), clientId);
        KnownOrder order = findOrCreate(ids, symbol);
        return (order.fill == null) ? recordFill(order, fill) : null;
    }

    /**
     * Returns the fill of an order.
     * @param clientId the client order id
     * @return the fill, or null if the order isn't known to be final
     */
    @Nullable Fill findFill(String clientId) {
        for (Map.Entry<OrderIds, KnownOrder> entry : this.orders.entrySet()) {
            if (entry.getKey().clientId().equals(clientId) && entry.getValue().fill != null) {
                return entry.getValue().fill;
            }
        }
        return null;
    }

    /**
     * Returns the orders that need a query: the last known state was running, or a part
     * of their trades was missed.
     * @return the orders, oldest first
     */
    List<TrackedOrder> findUnresolved() {
        List<TrackedOrder> unresolved = new ArrayList<>();
        this.orders.forEach((ids, order) -> {
            if (order.fill == null) {
                unresolved.add(new TrackedOrder(ids.id(), ids.clientId(), order.symbol, order.isFinal));
            }
        });
        return unresolved;
    }

    /**
     * Forgets an order that Binance no longer knows.
     * @param order the order
     */
    void forget(TrackedOrder order) {
        this.orders.remove(new OrderIds(order.id(), order.clientId()));
    }

    private KnownOrder findOrCreate(OrderIds ids, String symbol) {
        KnownOrder order = this.orders.computeIfAbsent(ids, (newIds) -> new KnownOrder(symbol));
        if (this.orders.size() > MAX_ORDERS) {
            this.orders.remove(this.orders.keySet().iterator().next());
        }
        return order;
    }

    private static BrokerOrderState recordFill(KnownOrder order, Fill fill) {
        order.fill = fill;
        order.tradeIds.clear();
        return new BrokerOrderState.Filled(order.symbol, fill);
    }

    /**
     * An order that needs a query.
     *
     * @param id the order id of Binance
     * @param clientId the client order id
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @param over whether the order is final, but some of its trades are missing
     */
    record TrackedOrder(long id, String clientId, String symbol, boolean over) {

    }

    /**
     * The ids of an order. Binance's order ids start again after a reset of the test
     * network; together with the client order id they are unique.
     */
    private record OrderIds(long id, String clientId) {

    }

    private static final class KnownOrder {

        private final Set<Long> tradeIds = new HashSet<>();

        private final Map<String, BigDecimal> fees = new HashMap<>();

        private final String symbol;

        private BigDecimal reportedQuantity = BigDecimal.ZERO;

        private BigDecimal executedQuantity = BigDecimal.ZERO;

        private BigDecimal executedQuote = BigDecimal.ZERO;

        private boolean runningReported;

        private boolean isFinal;

        private @Nullable Fill fill;

        KnownOrder(String symbol) {
            this.symbol = symbol;
        }

    }

}
