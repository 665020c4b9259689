package pregao.session.broker.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * How placing an order ended.
 */
public sealed interface PlaceOrderResult {

    /**
     * Whether the broker certainly has nothing of it.
     * @return false also where nobody knows
     */
    default boolean isDefinitelyNotPlaced() {
        return this instanceof NotSent || this instanceof Refused || this instanceof Absent;
    }

    /**
     * The broker has it.
     *
     * @param brokerId the broker's number
     * @param strike the price it is measured against
     * @param expiry when it ends
     * @param payout percent of the stake won, where that is known
     */
    record Placed(long brokerId, BigDecimal strike, Instant expiry,
            @Nullable Integer payout) implements PlaceOrderResult {

    }

    /**
     * It lies at the broker until the price comes to it.
     *
     * @param brokerId the broker's number
     */
    record Resting(long brokerId) implements PlaceOrderResult {

    }

    /**
     * The broker has done it, as far as it could.
     *
     * @param fill what came of it
     */
    record Filled(Fill fill) implements PlaceOrderResult {

    }

    /**
     * The broker does not want it, or pays too little for it.
     *
     * @param why the kind of reason
     * @param message the broker's words
     * @param payout what it would pay now, or null where that was not the reason
     */
    record Refused(RejectReason why, String message, @Nullable Integer payout) implements PlaceOrderResult {

        /**
         * Whether it is refused for what the broker pays.
         * @return true where that is not what was asked for, or too little
         */
        public boolean isPayoutRejection() {
            return this.why == RejectReason.PAYOUT_CHANGED || this.why == RejectReason.PAYOUT_TOO_LOW;
        }

    }

    /**
     * Nothing has left this machine.
     *
     * @param why the kind of reason
     * @param message for the user
     */
    record NotSent(RejectReason why, String message) implements PlaceOrderResult {

    }

    /** It was sent, but the broker, asked when it was safe to ask, does not have it. */
    record Absent() implements PlaceOrderResult {

    }

    /**
     * It was sent, and more than one thing at the broker could be it: a human must look.
     *
     * @param candidates the broker's numbers
     */
    record Ambiguous(List<Long> candidates) implements PlaceOrderResult {

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }

    }

    /** It was sent, and the broker could not be asked yet: ask for its state later. */
    record Unknown() implements PlaceOrderResult {

    }

    /**
     * Kinds of reasons.
     */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    enum RejectReason {

        /** There is no connection. */
        NOT_CONNECTED,
        /** Another process speaks for the account. */
        NOT_OWNER,
        /** It is too late to send it, or for the broker to take it. */
        TOO_LATE,
        /** An earlier one of the same kind is not resolved. */
        UNRESOLVED,
        /** The order that protected the position has sold it. */
        ALREADY_SOLD,
        /** Real money is switched off. */
        REAL_MONEY_OFF,
        /** Nothing of this name, or not for this length. */
        NOT_TRADED,
        /** The market is closed. */
        CLOSED,
        /** The payout moved while it was asked for, and moved again. */
        PAYOUT_CHANGED,
        /** The payout is less than it must be. */
        PAYOUT_TOO_LOW,
        /** There is not enough money. */
        NO_FUNDS,
        /** The stake is too small or too large, or something else is not allowed. */
        INVALID,
        /** The broker's risk control, or a service of it, said no. */
        REJECTED

    }

}
