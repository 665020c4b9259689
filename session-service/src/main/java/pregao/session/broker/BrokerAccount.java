package pregao.session.broker;

/**
 * Which money.
 */
public enum BrokerAccount {

    /** Play money. */
    DEMO,
    /** Real money. */
    REAL,
    /** Anything else a broker keeps. */
    OTHER

}
