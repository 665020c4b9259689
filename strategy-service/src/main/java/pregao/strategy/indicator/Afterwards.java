package pregao.strategy.indicator;

import org.springframework.stereotype.Component;

import pregao.strategy.event.Bell;
import pregao.strategy.ledger.Ledger;

/**
 * What follows a transaction of the loop.
 */
@Component
class Afterwards implements Done {

    private final Bell bell;

    Afterwards(Bell bell) {
        this.bell = bell;
    }

    @Override
    public void with(Ledger ledger) {
        if (ledger.hasEvents()) {
            this.bell.ring();
        }
    }

}
