package pregao.strategy.indicator;

import java.util.List;

import org.springframework.stereotype.Component;

import pregao.strategy.event.Bell;
import pregao.strategy.execution.Sending;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.order.Order;

/**
 * What follows a transaction of the loop.
 */
@Component
class Afterwards implements Done {

    private final Bell bell;

    private final Sending sending;

    Afterwards(Bell bell, Sending sending) {
        this.bell = bell;
        this.sending = sending;
    }

    @Override
    public void with(Ledger ledger) {
        List<Order> news = ledger.news();
        this.sending.send(news);
        // Orders first: what became of them rings as well.
        if (ledger.hasEvents() && news.stream().noneMatch(Sending::isToBeSent)) {
            this.bell.ring();
        }
    }

}
