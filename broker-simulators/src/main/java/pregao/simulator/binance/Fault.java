package pregao.simulator.binance;

/**
 * How the simulated broker misbehaves when told to. What a fault's number means is said
 * with it; the others have none. What is not a fault of one moment (clock, reset, cut
 * connections, revoked keys) is steered by {@link ControlHandler}.
 */
public enum Fault {

    /** A request is too many: 429, and wait so many seconds; who does not is banned. */
    TOO_MANY_REQUESTS,
    /** The address is banned: 418, for so many seconds. */
    BANNED,
    /** A firewall stops the request: 403, without JSON. */
    FIREWALL,
    /** An order is done, then answered with 503. */
    ERROR_AFTER_ORDER,
    /** An order is not done, and answered with 503. */
    ERROR_BEFORE_ORDER,
    /** An order is done, then answered with -1007. */
    TIMEOUT_AFTER_ORDER,
    /** An order is not done, and answered with -1007. */
    TIMEOUT_BEFORE_ORDER,
    /** An order is done, then the connection closes without an answer. */
    DROP_AFTER_ORDER,
    /** An order is done, then the connection is reset without an answer. */
    RESET_AFTER_ORDER,
    /** An order is not done, and the connection closes. */
    DROP_BEFORE_ORDER,
    /** An order is done and never answered. */
    NO_REPLY,
    /** An order that is there is said not to exist. */
    ORDER_NOT_YET_KNOWN,
    /** An order breaks a filter of which nobody knew. */
    FILTER_FAILURE,
    /** A key may do all but make this order. */
    NO_PERMISSION,
    /** Only so many percent of an order can be had. */
    PARTIAL_FILL,
    /** What happens to an order is told twice. */
    DUPLICATE_EVENT,
    /** What happens to an order is not told. */
    LOST_EVENT,
    /** A candle is never said to be closed. */
    NEVER_CLOSED,
    /**
     * A market stream stays open, but nothing is read or sent any more, not even pings.
     */
    QUIET_STREAM,
    /** A stream of user data is ended by the broker, the connection stays. */
    STREAM_TERMINATED

}
