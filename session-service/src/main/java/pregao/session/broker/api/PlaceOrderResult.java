package pregao.session.broker.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * The result of placing an order.
 */
public sealed interface PlaceOrderResult {

    /**
     * Returns whether the broker certainly does not have the order.
     * @return false also if that is unknown
     */
    default boolean isDefinitelyNotPlaced() {
        return this instanceof NotSent || this instanceof Refused || this instanceof Absent;
    }

    /**
     * The broker has opened the option.
     *
     * @param brokerId the broker's order ID
     * @param strike the strike price
     * @param expiry when the option expires
     * @param payout the profit of a win in percent of the stake, or null if unknown
     */
    record Placed(long brokerId, BigDecimal strike, Instant expiry,
            @Nullable Integer payout) implements PlaceOrderResult {

    }

    /**
     * The order rests at the broker until the price triggers it.
     *
     * @param brokerId the broker's order ID
     */
    record Resting(long brokerId) implements PlaceOrderResult {

    }

    /**
     * The broker has executed the order, completely or in part.
     *
     * @param fill the fill
     */
    record Filled(Fill fill) implements PlaceOrderResult {

    }

    /**
     * The broker rejected the order, or its payout is too low.
     *
     * @param why the reason
     * @param message the broker's message
     * @param payout the current payout, or null if the payout was not the reason
     */
    record Refused(RejectReason why, String message, @Nullable Integer payout) implements PlaceOrderResult {

        /**
         * Returns whether the order was rejected because of the payout.
         * @return true if the payout differs from the requested one or is too low
         */
        public boolean isPayoutRejection() {
            return this.why == RejectReason.PAYOUT_CHANGED || this.why == RejectReason.PAYOUT_TOO_LOW;
        }

    }

    /**
     * The order was not sent.
     *
     * @param why the reason
     * @param message the message for the user
     */
    record NotSent(RejectReason why, String message) implements PlaceOrderResult {

    }

    /**
     * The order was sent, but the broker does not have it. The query was made when the
     * order could no longer arrive.
     */
    record Absent() implements PlaceOrderResult {

    }

    /**
     * The order was sent, and more than one order at the broker could be it. A human must
     * decide.
     *
     * @param candidates the broker's order IDs
     */
    record Ambiguous(List<Long> candidates) implements PlaceOrderResult {

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }

    }

    /** The order was sent, and its state could not be queried yet. Query it later. */
    record Unknown() implements PlaceOrderResult {

    }

    /**
     * The reason for a rejected order.
     */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    enum RejectReason {

        /** There is no connection. */
        NOT_CONNECTED,
        /** Another process owns the account. */
        NOT_OWNER,
        /** It is too late to send the order, or for the broker to accept it. */
        TOO_LATE,
        /** An earlier order of the same kind is unresolved. */
        UNRESOLVED,
        /** The order that protected the position has already sold it. */
        ALREADY_SOLD,
        /** Real money is disabled. */
        REAL_MONEY_OFF,
        /** There is no instrument with this symbol, or none for this duration. */
        NOT_TRADED,
        /** The market is closed. */
        CLOSED,
        /** The payout changed during the request, and changed again on the retry. */
        PAYOUT_CHANGED,
        /** The payout is below the minimum. */
        PAYOUT_TOO_LOW,
        /** The funds are insufficient. */
        NO_FUNDS,
        /** The stake is too small or too large, or another parameter is not allowed. */
        INVALID,
        /** The broker's risk control, or another of its services, rejected the order. */
        REJECTED

    }

}
