package pregao.session.broker.api;

/**
 * Whether an order uses real money.
 */
public enum TradingMode {

    /** Demo money. */
    DEMO,
    /** Real money. */
    REAL,
    /** Any other balance that a broker keeps. */
    OTHER

}
