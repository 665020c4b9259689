package pregao.session.broker.api;

import java.time.Instant;
import java.util.UUID;

/**
 * An order of a user, which is sent to a broker at most once.
 */
public sealed interface BrokerOrder permits OptionOrder, SpotOrder, ProtectiveOrder {

    /**
     * Returns the order ID.
     * @return our own ID
     */
    UUID id();

    /**
     * Returns the trading mode, which says which money pays for the order.
     * @return the trading mode
     */
    TradingMode account();

    /**
     * Returns the symbol of the instrument.
     * @return the broker's symbol
     */
    String symbol();

    /**
     * Returns when the order was decided.
     * @return the time of the decision
     */
    Instant decidedAt();

    /**
     * Returns when the order expires.
     * @return the time after which it must not be sent
     */
    Instant validUntil();

}
