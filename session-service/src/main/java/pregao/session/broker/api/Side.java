package pregao.session.broker.api;

/**
 * The side of an order.
 */
public enum Side {

    /** Buys the base asset. */
    BUY,
    /** Sells the base asset. */
    SELL

}
