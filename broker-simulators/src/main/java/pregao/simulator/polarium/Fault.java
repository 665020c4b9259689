package pregao.simulator.polarium;

/**
 * How the simulated broker misbehaves when told to. What a fault's number means is said
 * with it; the others have none.
 */
public enum Fault {

    /** The socket closes when an order arrives, which is not booked. */
    DROP_BEFORE_BOOKING,
    /** An order is booked, then the socket closes without a reply. */
    DROP_BEFORE_REPLY,
    /** The socket closes right after the reply to an order. */
    DROP_AFTER_REPLY,
    /** An order is booked and never replied to. */
    NO_REPLY,
    /** Each event of a position is sent twice. */
    DUPLICATE_EVENT,
    /** The opened position is told before the order is replied to. */
    EVENT_BEFORE_REPLY,
    /**
     * The opened position is told so many milliseconds late, if need be after its end.
     */
    LATE_EVENT,
    /** After a settlement the open position is told again, with its old version. */
    STALE_VERSION,
    /** A settlement comes late, by so many seconds. */
    LATE_RESULT,
    /** An option is canceled at its end, and the stake given back. */
    CANCELED,
    /** A lost option gives so many percent of its stake back. */
    REFUNDED,
    /** The end is told with another reason and without numbers; who asks is told them. */
    NO_PROFIT,
    /** A settlement is not told; who asks is answered. */
    NO_RESULT,
    /** An option has another number than the order that made it. */
    OTHER_NUMBER,
    /** A page of positions has so many at most. */
    SHORT_PAGES,
    /** No time is told for so many seconds. */
    NO_TIME_SYNC,
    /** An accepted order is rejected a moment later. */
    OPTION_REJECTED,
    /** The newer call for balances is not known. */
    BALANCES_UNKNOWN,
    /** Frames of a connection that answer no request, or who it is, have an empty id. */
    EMPTY_REQUEST_ID,
    /** The acknowledgement says no. */
    ACK_FALSE,
    /** There is no acknowledgement. */
    ACK_MISSING,
    /** The acknowledgement comes twice. */
    ACK_DOUBLED,
    /** The connection stays open, but nothing is read or sent any more. */
    HALF_OPEN,
    /** Candles are replied to late, by so many seconds. */
    SLOW_CANDLES,
    /** The payout changes when an order arrives, by so many percent. */
    PAYOUT_MOVED,
    /** A stream leaves out so many candles. */
    STREAM_GAP,
    /** Whoever authenticates is refused. */
    AUTH_REFUSED

}
