package pregao.contracts.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A service, as tokens name it.
 */
public enum ServiceName {

    /** Takes candles and ticks. */
    INGEST,
    /** Makes candles. */
    AGGREGATOR,
    /** Serves market data. */
    INDICATORS,
    /** Bots, backtests and the ledger of orders. */
    STRATEGY,
    /** Logins, API keys and broker sessions. */
    SESSION,
    /** The only door. */
    GATEWAY;

    /**
     * The form in tokens and settings.
     * @return such as {@code session}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The service of a text.
     * @param text as in a token
     * @return empty where there is none
     */
    public static Optional<ServiceName> of(String text) {
        return Arrays.stream(values()).filter((service) -> service.text().equals(text)).findFirst();
    }

}
