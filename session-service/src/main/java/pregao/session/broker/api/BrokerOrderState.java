package pregao.session.broker.api;

import java.math.BigDecimal;
import java.util.List;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * What is known of an order.
 */
public sealed interface BrokerOrderState {

    /**
     * It runs.
     *
     * @param brokerId the broker's number
     */
    record Running(long brokerId) implements BrokerOrderState {

    }

    /**
     * It is over.
     *
     * @param brokerId the broker's number
     * @param result how it ended
     * @param profit what it brought, negative where it cost
     */
    record Settled(long brokerId, Result result, BigDecimal profit) implements BrokerOrderState {

    }

    /**
     * The broker has done it, as far as it could.
     *
     * @param symbol of which instrument; the numbers of two of them may be the same
     * @param fill what came of it
     */
    record Filled(String symbol, Fill fill) implements BrokerOrderState {

    }

    /**
     * The broker took it and gave it back.
     *
     * @param brokerId the broker's number
     */
    record Refunded(long brokerId) implements BrokerOrderState {

    }

    /**
     * The broker had it, and has it neither among what runs nor among what is over: it
     * was taken back, or is between the two.
     *
     * @param brokerId the broker's number
     */
    record NotFound(long brokerId) implements BrokerOrderState {

    }

    /** The broker does not have it, and it cannot arrive any more. */
    record Absent() implements BrokerOrderState {

    }

    /**
     * More than one thing could be it.
     *
     * @param candidates the broker's numbers
     */
    record Ambiguous(List<Long> candidates) implements BrokerOrderState {

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }

    }

    /** Nobody knows yet. */
    record Unknown() implements BrokerOrderState {

    }

    /**
     * How an option ends.
     */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    enum Result {

        /** It pays. */
        WIN,
        /** The stake is gone. */
        LOSS,
        /** The stake comes back. */
        EQUAL,
        /** It was sold before its end. */
        SOLD

    }

}
