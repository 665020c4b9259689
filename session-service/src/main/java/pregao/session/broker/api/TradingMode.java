package pregao.session.broker.api;

/**
 * Which money.
 */
public enum TradingMode {

    /** Play money. */
    DEMO,
    /** Real money. */
    REAL,
    /** Anything else a broker keeps. */
    OTHER

}
