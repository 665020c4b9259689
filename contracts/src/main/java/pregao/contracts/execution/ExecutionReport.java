package pregao.contracts.execution;

import java.util.UUID;

import pregao.contracts.EpochMillis;
import pregao.contracts.order.OrderStatus;

/**
 * What has become of an order at a broker. Reports of an order may come repeatedly, late
 * and in any order: each says all that is known of the order then.
 *
 * @param order the order's id
 * @param account from which account
 * @param state how far it is
 * @param outcome the member {@code outcome} of the answer about the order, JSON
 * @param at when it became so, epoch milliseconds
 */
public record ExecutionReport(UUID order, UUID account, OrderStatus state, String outcome, long at) {

    public ExecutionReport {
        if (outcome.isBlank()) {
            throw new IllegalArgumentException("a report says what became of the order");
        }
        EpochMillis.checked(at);
    }

}
