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
 * What is known of a user's orders. Whatever comes twice, late or out of order: of each
 * order it is told once that it runs, at most, and once what came of it.
 */
final class OrderTracker {

    private static final int MAX_ORDERS = 2000;

    private final Map<OrderIds, KnownOrder> orders = new LinkedHashMap<>();

    /**
     * Takes what the broker tells by itself.
     * @param report an {@code executionReport}
     * @return what is new, or null
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
     * Takes what the broker has answered of an order that is over.
     * @param clientId the user's name of it
     * @param symbol of what
     * @param fill what came of it
     * @return what is new, or null
     */
    @Nullable BrokerOrderState recordFill(String clientId, String symbol, Fill fill) {
        OrderIds ids = new OrderIds(fill.brokerId(), clientId);
        KnownOrder order = findOrCreate(ids, symbol);
        return (order.fill == null) ? recordFill(order, fill) : null;
    }

    /**
     * What came of an order.
     * @param clientId the user's name of it
     * @return null where it is not known to be over
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
     * Orders of which more has to be asked: they ran when last heard of, or something of
     * them was missed.
     * @return in the order in which they began
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
     * Forgets an order that the broker does not know any more.
     * @param order which
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
     * An order of which more has to be asked.
     *
     * @param id the broker's number
     * @param clientId the user's name
     * @param symbol of what
     * @param over whether it is over, but not all of it was told
     */
    record TrackedOrder(long id, String clientId, String symbol, boolean over) {

    }

    /**
     * The broker's numbers begin again after a reset; together with a name they do not.
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
