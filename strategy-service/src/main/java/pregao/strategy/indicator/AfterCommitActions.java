package pregao.strategy.indicator;

import java.util.List;

import org.springframework.stereotype.Component;

import pregao.strategy.execution.OrderDispatcher;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.outbox.OutboxTrigger;

/**
 * What follows a transaction of the loop.
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
        // Orders first: what became of them rings as well.
        if (ledger.hasEvents() && newOrders.stream().noneMatch(OrderDispatcher::isSentToBroker)) {
            this.outboxTrigger.trigger();
        }
    }

}
