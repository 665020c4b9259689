package pregao.session.execution;

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
import pregao.session.broker.Fill;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;

/**
 * What has become of an order so far.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({ @JsonSubTypes.Type(value = Outcome.Sending.class, name = "sending"),
        @JsonSubTypes.Type(value = Outcome.Unknown.class, name = "unknown"),
        @JsonSubTypes.Type(value = Outcome.Placed.class, name = "placed"),
        @JsonSubTypes.Type(value = Outcome.Filled.class, name = "filled"),
        @JsonSubTypes.Type(value = Outcome.Refused.class, name = "refused"),
        @JsonSubTypes.Type(value = Outcome.NotSent.class, name = "not_sent"),
        @JsonSubTypes.Type(value = Outcome.Absent.class, name = "absent"),
        @JsonSubTypes.Type(value = Outcome.Ambiguous.class, name = "ambiguous"),
        @JsonSubTypes.Type(value = Outcome.Forgotten.class, name = "forgotten"),
        @JsonSubTypes.Type(value = Outcome.Settled.class, name = "settled"),
        @JsonSubTypes.Type(value = Outcome.TakenBack.class, name = "taken_back") })
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Outcome {

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
            case TakenBack _ -> "taken_back";
        };
    }

    /**
     * The form in the table.
     * @param json as it is written
     * @return with its state
     */
    default String text(JsonMapper json) {
        return json.writerFor(Outcome.class).writeValueAsString(this);
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
            case TakenBack back -> back.brokerId();
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
            case NotSent not -> (not.why() == Placement.Why.TOO_LATE) ? OrderStatus.EXPIRED : OrderStatus.REJECTED;
            case Absent _ -> OrderStatus.NOT_FOUND;
            case Settled _ -> OrderStatus.SETTLED;
            case TakenBack _ -> OrderStatus.REFUNDED;
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
    default Outcome knowing(Outcome before) {
        return (this instanceof Settled settled && before instanceof Placed placed) ? new Settled(settled.brokerId(),
                settled.result(), settled.profit(), (settled.payout() != null) ? settled.payout() : placed.payout(),
                (settled.strike() != null) ? settled.strike() : placed.strike()) : this;
    }

    /**
     * What came of placing.
     * @param placement as the session said
     * @return the same as an outcome
     */
    static Outcome of(Placement placement) {
        return switch (placement) {
            case Placement.Placed placed ->
                new Placed(placed.brokerId(), placed.strike(), placed.expiry(), placed.payout());
            case Placement.Resting resting -> new Placed(resting.brokerId(), null, null, null);
            case Placement.Filled(Fill fill) -> of(fill);
            case Placement.Refused refused -> new Refused(refused.why(), refused.message(), refused.payout());
            case Placement.NotSent not -> new NotSent(not.why(), not.message());
            case Placement.Absent _ -> new Absent();
            case Placement.Ambiguous many -> new Ambiguous(many.candidates());
            case Placement.Unknown _ -> new Unknown();
        };
    }

    /**
     * What came of a spot order.
     * @param fill as the broker said
     * @return the same as an outcome
     */
    static Outcome of(Fill fill) {
        return new Filled(fill.brokerId(), fill.quantity(), fill.quote(), fill.fees());
    }

    /** It is on its way, or a replica died while it was. */
    record Sending() implements Outcome {

    }

    /** It was sent, and nobody knows yet what came of it. */
    record Unknown() implements Outcome {

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
            @Nullable Integer payout) implements Outcome {

    }

    /**
     * The broker has done it, as far as it could.
     *
     * @param brokerId the broker's number
     * @param quantity how much, in the base asset
     * @param quote what that cost or brought
     * @param fees what the broker took, by asset
     */
    record Filled(long brokerId, BigDecimal quantity, BigDecimal quote, List<Fill.Fee> fees) implements Outcome {

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
    record Refused(Placement.Why why, String message, @Nullable Integer payout) implements Outcome {

    }

    /**
     * Nothing has left for the broker, and nothing will.
     *
     * @param why the kind of reason
     * @param message in words
     */
    record NotSent(Placement.Why why, String message) implements Outcome {

    }

    /** The broker, asked when it was safe to ask, does not have it. */
    record Absent() implements Outcome {

    }

    /**
     * More than one thing at the broker could be it, or what it is at the broker is
     * another order's too: a human must look.
     *
     * @param candidates the broker's numbers
     * @param other the order of the account that has the number already
     */
    record Ambiguous(List<Long> candidates, @Nullable UUID other) implements Outcome {

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
    record Forgotten(long brokerId) implements Outcome {

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
    record Settled(long brokerId, OrderState.Result result, BigDecimal profit, @Nullable Integer payout,
            @Nullable BigDecimal strike) implements Outcome {

    }

    /**
     * The broker took it and gave it back.
     *
     * @param brokerId the broker's number
     */
    record TakenBack(long brokerId) implements Outcome {

    }

}
