package pregao.session.broker.api;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that a user wants a broker to do, once.
 */
public sealed interface BrokerOrder permits OptionOrder, SpotOrder, ProtectiveOrder {

    /**
     * Its name.
     * @return ours
     */
    UUID id();

    /**
     * Whose money it costs.
     * @return with which money
     */
    TradingMode account();

    /**
     * What it is about.
     * @return the broker's name
     */
    String symbol();

    /**
     * When it was decided.
     * @return a moment
     */
    Instant decidedAt();

    /**
     * Its end.
     * @return after this it must not be sent
     */
    Instant validUntil();

}
