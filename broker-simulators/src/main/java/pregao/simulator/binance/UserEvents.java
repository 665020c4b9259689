package pregao.simulator.binance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Faults;

/**
 * Tells users what happens to their orders and balances.
 */
final class UserEvents {

    private final WebSocketSessionRegistry talks;

    private final Faults<Fault> faults;

    private final SimulatorClock clock;

    private long executions;

    UserEvents(WebSocketSessionRegistry talks, Faults<Fault> faults, SimulatorClock clock) {
        this.talks = talks;
        this.faults = faults;
        this.clock = clock;
    }

    void order(Order order, String kind, @Nullable Trade trade, boolean really) {
        ObjectNode report = order.report(kind, trade, ++this.executions, this.clock.millis());
        int times = this.faults.strikes(Fault.DUPLICATE_EVENT) ? 2 : 1;
        for (int time = 0; really && time < times; time++) {
            tell(order.account(), report);
        }
    }

    void balances(Order order, boolean really) {
        if (really) {
            Set<String> assets = new LinkedHashSet<>(List.of(order.pair().base(), order.pair().quote()));
            order.trades().forEach((trade) -> assets.add(trade.commissionAsset()));
            tell(order.account(), order.account().position(this.clock.millis(), assets));
        }
    }

    void list(OrderList list, boolean really) {
        if (really) {
            tell(list.orders().getFirst().account(), list.event(this.clock.millis()));
        }
    }

    private void tell(Account account, ObjectNode event) {
        this.talks.all(WsApiSession.class).forEach((talk) -> talk.tell(account, event));
    }

}
