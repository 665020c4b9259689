package pregao.strategy.indicator;

import org.springframework.stereotype.Component;

import pregao.strategy.event.Bell;
import pregao.strategy.execution.Sending;
import pregao.strategy.ledger.Ledger;

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
        this.sending.send(ledger.news());
        if (ledger.hasEvents()) {
            this.bell.ring();
        }
    }

}
