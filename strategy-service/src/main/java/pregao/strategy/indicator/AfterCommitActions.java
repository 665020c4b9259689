package pregao.strategy.indicator;

import java.util.List;

import org.springframework.stereotype.Component;

import pregao.strategy.execution.OrderDispatcher;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.outbox.OutboxTrigger;

/**
 * Sends the new orders and publishes the events of a committed trading transaction.
 */
@Component
class AfterCommitActions implements CommitListener {

    private final OutboxTrigger outboxTrigger;

    private final OrderDispatcher dispatcher;

    AfterCommitActions(OutboxTrigger outboxTrigger, OrderDispatcher dispatcher) {
        this.outboxTrigger = outboxTrigger;
        this.dispatcher = dispatcher;
    }

    @Override
    public void afterCommit(LedgerTransaction ledger) {
        List<Order> newOrders = ledger.newOrders();
        this.dispatcher.send(newOrders);
        // Orders go first: the handler of their outcome triggers the outbox as well.
        if (ledger.hasEvents() && newOrders.stream().noneMatch(OrderDispatcher::isSentToBroker)) {
            this.outboxTrigger.trigger();
        }
    }

}
