package pregao.strategy.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import org.springframework.stereotype.Component;

import pregao.loop.fence.Transaction;
import pregao.strategy.bot.Roster;
import pregao.strategy.event.Bell;
import pregao.strategy.ledger.ByHand;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.Orders;
import pregao.strategy.order.Untold;

/**
 * Writes what became of orders; their bots are told by the loop, which alone moves them.
 */
@Component
class Outcomes {

    private final DataSource database;

    private final Bell bell;

    private final Untold untold;

    private final Clock clock;

    Outcomes(DataSource database, Bell bell, Untold untold, Clock clock) {
        this.database = database;
        this.bell = bell;
        this.untold = untold;
        this.clock = clock;
    }

    /** Writes it, unless more is known already. */
    void write(Order after) {
        try {
            Transaction.run(this.database, (connection) -> {
                written(connection, after);
                return after;
            });
        }
        catch (SQLException ex) {
            throw new IllegalStateException("an outcome is not written", ex);
        }
        this.untold.comes();
        this.bell.ring();
    }

    private void written(Connection connection, Order after) throws SQLException {
        Ledger ledger = Ledger.open(connection, List.of(after.owner().account()), this.clock.instant());
        Order known = Orders.withId(connection, after.id());
        if (known == null || !known.state().isOpen() || known.state() == after.state()) {
            return;
        }
        put(ledger, connection, after);
        UUID bot = after.owner().bot();
        if (after.state() == OrderState.AMBIGUOUS && bot != null) {
            Roster.halt(connection, bot, "Order %s: %s".formatted(after.id(), after.message()));
        }
        ledger.write(connection);
    }

    /** An order by hand is told at once, a bot's by the loop. */
    static void put(Ledger ledger, Connection connection, Order after) throws SQLException {
        boolean byHand = after.owner().bot() == null;
        ledger.put(after.told(byHand));
        if (byHand && !after.state().isOpen() && after.state() != OrderState.AMBIGUOUS) {
            ByHand.ended(ledger, connection, after);
        }
    }

}
