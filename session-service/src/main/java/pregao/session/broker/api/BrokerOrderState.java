package pregao.session.broker.api;

import java.math.BigDecimal;
import java.util.List;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * The state of an order, as far as it is known.
 */
public sealed interface BrokerOrderState {

    /**
     * The order is open.
     *
     * @param brokerId the broker's order ID
     */
    record Running(long brokerId) implements BrokerOrderState {

    }

    /**
     * The option has settled.
     *
     * @param brokerId the broker's order ID
     * @param result the result of the option
     * @param profit the profit, negative for a loss
     */
    record Settled(long brokerId, Result result, BigDecimal profit) implements BrokerOrderState {

    }

    /**
     * The broker has executed the order, completely or in part.
     *
     * @param symbol the symbol of the instrument; order IDs of two instruments may be
     * equal
     * @param fill the fill
     */
    record Filled(String symbol, Fill fill) implements BrokerOrderState {

    }

    /**
     * The broker accepted the order and then refunded it.
     *
     * @param brokerId the broker's order ID
     */
    record Refunded(long brokerId) implements BrokerOrderState {

    }

    /**
     * The broker had accepted the order, but lists it neither as open nor as settled: it
     * was canceled, or is between the two states.
     *
     * @param brokerId the broker's order ID
     */
    record NotFound(long brokerId) implements BrokerOrderState {

    }

    /** The broker does not have the order, and it cannot arrive any more. */
    record Absent() implements BrokerOrderState {

    }

    /**
     * More than one order at the broker could be this order.
     *
     * @param candidates the broker's order IDs
     */
    record Ambiguous(List<Long> candidates) implements BrokerOrderState {

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }

    }

    /** The state is not known yet. */
    record Unknown() implements BrokerOrderState {

    }

    /**
     * The result of an option.
     */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    enum Result {

        /** The option pays out. */
        WIN,
        /** The stake is lost. */
        LOSS,
        /** The stake is returned. */
        EQUAL,
        /** The option was sold before its expiry. */
        SOLD

    }

}
