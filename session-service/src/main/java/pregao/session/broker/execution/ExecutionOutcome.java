package pregao.session.broker.execution;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.order.OrderStatus;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Fill;
import pregao.session.broker.api.PlaceOrderResult;

/**
 * What has become of an order so far.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({ @JsonSubTypes.Type(value = ExecutionOutcome.Sending.class, name = "sending"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Unknown.class, name = "unknown"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Placed.class, name = "placed"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Filled.class, name = "filled"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Refused.class, name = "refused"),
        @JsonSubTypes.Type(value = ExecutionOutcome.NotSent.class, name = "not_sent"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Absent.class, name = "absent"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Ambiguous.class, name = "ambiguous"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Forgotten.class, name = "forgotten"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Settled.class, name = "settled"),
        @JsonSubTypes.Type(value = ExecutionOutcome.Refunded.class, name = "taken_back") })
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ExecutionOutcome {

    /**
     * The form in the table and in answers.
     * @return such as {@code not_sent}
     */
    default String state() {
        return switch (this) {
            case Sending _ -> "sending";
            case Unknown _ -> "unknown";
            case Placed _ -> "placed";
            case Filled _ -> "filled";
            case Refused _ -> "refused";
            case NotSent _ -> "not_sent";
            case Absent _ -> "absent";
            case Ambiguous _ -> "ambiguous";
            case Forgotten _ -> "forgotten";
            case Settled _ -> "settled";
            case Refunded _ -> "taken_back";
        };
    }

    /**
     * The form in the table.
     * @param json as it is written
     * @return with its state
     */
    default String text(JsonMapper json) {
        return json.writerFor(ExecutionOutcome.class).writeValueAsString(this);
    }

    /**
     * Whether the broker must be asked before anything alike is sent.
     * @return true while nobody knows
     */
    @JsonIgnore
    default boolean isUnresolved() {
        return this instanceof Sending || this instanceof Unknown;
    }

    /**
     * The broker's number.
     * @return null where it has none, or none for certain
     */
    default @Nullable Long number() {
        return switch (this) {
            case Placed placed -> placed.brokerId();
            case Filled filled -> filled.brokerId();
            case Settled settled -> settled.brokerId();
            case Refunded back -> back.brokerId();
            case Forgotten forgotten -> forgotten.brokerId();
            case Sending _, Unknown _, Refused _, NotSent _, Absent _, Ambiguous _ -> null;
        };
    }

    /**
     * How far the order is.
     * @return the state of the life of an order
     */
    @JsonIgnore
    default OrderStatus status() {
        return switch (this) {
            case Sending _ -> OrderStatus.SENT;
            case Unknown _, Ambiguous _, Forgotten _ -> OrderStatus.UNKNOWN;
            case Placed _ -> OrderStatus.WORKING;
            case Filled _ -> OrderStatus.FILLED;
            case Refused _ -> OrderStatus.REJECTED;
            case NotSent not ->
                (not.why() == PlaceOrderResult.RejectReason.TOO_LATE) ? OrderStatus.EXPIRED : OrderStatus.REJECTED;
            case Absent _ -> OrderStatus.NOT_FOUND;
            case Settled _ -> OrderStatus.SETTLED;
            case Refunded _ -> OrderStatus.REFUNDED;
        };
    }

    /**
     * After which states this can be: as the life of an order goes, and what the broker
     * has acknowledged is followed only by an end under its number.
     * @return their forms in the table
     */
    default Set<String> after() {
        Set<String> after = new HashSet<>();
        if (OrderStatus.SENT.canBecome(status())) {
            after.add("sending");
        }
        if (OrderStatus.UNKNOWN.canBecome(status())) {
            after.add("unknown");
        }
        if (OrderStatus.WORKING.canBecome(status()) && number() != null) {
            after.add("placed");
        }
        return after;
    }

    /**
     * The same with what was known before and is not told again.
     * @param before what had become of the order
     * @return an end that says what the order pays and its strike, where its beginning
     * said so
     */
    default ExecutionOutcome knowing(ExecutionOutcome before) {
        return (this instanceof Settled settled && before instanceof Placed placed) ? new Settled(settled.brokerId(),
                settled.result(), settled.profit(), (settled.payout() != null) ? settled.payout() : placed.payout(),
                (settled.strike() != null) ? settled.strike() : placed.strike()) : this;
    }

    /**
     * What came of placing.
     * @param placement as the session said
     * @return the same as an outcome
     */
    static ExecutionOutcome of(PlaceOrderResult placement) {
        return switch (placement) {
            case PlaceOrderResult.Placed placed ->
                new Placed(placed.brokerId(), placed.strike(), placed.expiry(), placed.payout());
            case PlaceOrderResult.Resting resting -> new Placed(resting.brokerId(), null, null, null);
            case PlaceOrderResult.Filled(Fill fill) -> of(fill);
            case PlaceOrderResult.Refused refused -> new Refused(refused.why(), refused.message(), refused.payout());
            case PlaceOrderResult.NotSent not -> new NotSent(not.why(), not.message());
            case PlaceOrderResult.Absent _ -> new Absent();
            case PlaceOrderResult.Ambiguous many -> new Ambiguous(many.candidates());
            case PlaceOrderResult.Unknown _ -> new Unknown();
        };
    }

    /**
     * What came of a spot order.
     * @param fill as the broker said
     * @return the same as an outcome
     */
    static ExecutionOutcome of(Fill fill) {
        return new Filled(fill.brokerId(), fill.quantity(), fill.quote(), fill.fees());
    }

    /** It is on its way, or a replica died while it was. */
    record Sending() implements ExecutionOutcome {

    }

    /** It was sent, and nobody knows yet what came of it. */
    record Unknown() implements ExecutionOutcome {

    }

    /**
     * The broker has it.
     *
     * @param brokerId the broker's number
     * @param strike the price it is measured against, where that is known
     * @param expiry when it ends, where that is known
     * @param payout percent of the stake won, where that is known
     */
    record Placed(long brokerId, @Nullable BigDecimal strike, @Nullable Instant expiry,
            @Nullable Integer payout) implements ExecutionOutcome {

    }

    /**
     * The broker has done it, as far as it could.
     *
     * @param brokerId the broker's number
     * @param quantity how much, in the base asset
     * @param quote what that cost or brought
     * @param fees what the broker took, by asset
     */
    record Filled(long brokerId, BigDecimal quantity, BigDecimal quote,
            List<Fill.Fee> fees) implements ExecutionOutcome {

        public Filled {
            fees = List.copyOf(fees);
        }

    }

    /**
     * The broker does not want it, or pays less than it must.
     *
     * @param why the kind of reason
     * @param message the broker's words
     * @param payout what it would pay now, where that was the reason
     */
    record Refused(PlaceOrderResult.RejectReason why, String message,
            @Nullable Integer payout) implements ExecutionOutcome {

    }

    /**
     * Nothing has left for the broker, and nothing will.
     *
     * @param why the kind of reason
     * @param message in words
     */
    record NotSent(PlaceOrderResult.RejectReason why, String message) implements ExecutionOutcome {

    }

    /** The broker, asked when it was safe to ask, does not have it. */
    record Absent() implements ExecutionOutcome {

    }

    /**
     * More than one thing at the broker could be it, or what it is at the broker is
     * another order's too: a human must look.
     *
     * @param candidates the broker's numbers
     * @param other the order of the account that has the number already
     */
    record Ambiguous(List<Long> candidates, @Nullable UUID other) implements ExecutionOutcome {

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }

        Ambiguous(List<Long> candidates) {
            this(candidates, null);
        }

    }

    /**
     * The broker had it, and says now that it does not exist: a human must look, as
     * nobody can say how it ended.
     *
     * @param brokerId the broker's number
     */
    record Forgotten(long brokerId) implements ExecutionOutcome {

    }

    /**
     * It is over.
     *
     * @param brokerId the broker's number
     * @param result how it ended
     * @param profit what it brought, negative where it cost
     * @param payout percent of the stake won, where that is known
     * @param strike the price it was measured against, where that is known
     */
    record Settled(long brokerId, BrokerOrderState.Result result, BigDecimal profit, @Nullable Integer payout,
            @Nullable BigDecimal strike) implements ExecutionOutcome {

    }

    /**
     * The broker took it and gave it back.
     *
     * @param brokerId the broker's number
     */
    record Refunded(long brokerId) implements ExecutionOutcome {

    }

}
