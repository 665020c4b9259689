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

    private static final int MAX_COUNT = 2000;

    private final Map<OrderIds, KnownOrder> orders = new LinkedHashMap<>();

    /**
     * Takes what the broker tells by itself.
     * @param report an {@code executionReport}
     * @return what is new, or null
     */
    @Nullable BrokerOrderState take(JsonNode report) {
        String original = report.path("C").asString("");
        OrderIds name = new OrderIds(report.path("i").asLong(0),
                original.isEmpty() ? report.path("c").asString("") : original);
        KnownOrder known = known(name, report.path("s").asString(""));
        if (known.fill != null) {
            return null;
        }
        if (report.path("x").asString("").equals("TRADE") && known.trades.add(report.path("t").asLong(0))) {
            known.traded = known.traded.add(JsonTrees.decimal(report.path("l")));
            known.fees.merge(report.path("N").asString(""), JsonTrees.decimal(report.path("n")), BigDecimal::add);
        }
        if (OrderResponseMapper.isOver(report.path("X").asString(""))) {
            known.over = true;
            known.quantity = JsonTrees.decimal(report.path("z"));
            known.quote = JsonTrees.decimal(report.path("Z"));
        }
        if (known.over && known.traded.compareTo(known.quantity) == 0) {
            return settle(known, Fill.of(name.id(), known.quantity, known.quote, known.fees));
        }
        boolean news = !known.running && !known.over;
        known.running = true;
        return news ? new BrokerOrderState.Running(name.id()) : null;
    }

    /**
     * Takes what the broker has answered of an order that is over.
     * @param clientId the user's name of it
     * @param symbol of what
     * @param fill what came of it
     * @return what is new, or null
     */
    @Nullable BrokerOrderState settle(String clientId, String symbol, Fill fill) {
        OrderIds name = new OrderIds(fill.brokerId(), clientId);
        KnownOrder known = known(name, symbol);
        return (known.fill == null) ? settle(known, fill) : null;
    }

    /**
     * What came of an order.
     * @param clientId the user's name of it
     * @return null where it is not known to be over
     */
    @Nullable Fill fill(String clientId) {
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
    List<TrackedOrder> open() {
        List<TrackedOrder> open = new ArrayList<>();
        this.orders.forEach((name, known) -> {
            if (known.fill == null) {
                open.add(new TrackedOrder(name.id(), name.clientId(), known.symbol, known.over));
            }
        });
        return open;
    }

    /**
     * Forgets an order that the broker does not know any more.
     * @param open which
     */
    void forget(TrackedOrder open) {
        this.orders.remove(new OrderIds(open.id(), open.clientId()));
    }

    private KnownOrder known(OrderIds name, String symbol) {
        KnownOrder known = this.orders.computeIfAbsent(name, (key) -> new KnownOrder(symbol));
        if (this.orders.size() > MAX_COUNT) {
            this.orders.remove(this.orders.keySet().iterator().next());
        }
        return known;
    }

    private static BrokerOrderState settle(KnownOrder known, Fill fill) {
        known.fill = fill;
        known.trades.clear();
        return new BrokerOrderState.Filled(known.symbol, fill);
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

        private final Set<Long> trades = new HashSet<>();

        private final Map<String, BigDecimal> fees = new HashMap<>();

        private final String symbol;

        private BigDecimal traded = BigDecimal.ZERO;

        private BigDecimal quantity = BigDecimal.ZERO;

        private BigDecimal quote = BigDecimal.ZERO;

        private boolean running;

        private boolean over;

        private @Nullable Fill fill;

        KnownOrder(String symbol) {
            this.symbol = symbol;
        }

    }

}
