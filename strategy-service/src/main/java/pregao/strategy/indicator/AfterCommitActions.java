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

    private final OutboxTrigger bell;

    private final OrderDispatcher sending;

    AfterCommitActions(OutboxTrigger bell, OrderDispatcher sending) {
        this.bell = bell;
        this.sending = sending;
    }

    @Override
    public void with(LedgerTransaction ledger) {
        List<Order> news = ledger.news();
        this.sending.send(news);
        // Orders first: what became of them rings as well.
        if (ledger.hasEvents() && news.stream().noneMatch(OrderDispatcher::isToBeSent)) {
            this.bell.ring();
        }
    }

}
