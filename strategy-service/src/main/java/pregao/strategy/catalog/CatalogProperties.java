package pregao.strategy.catalog;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of analyses.
 *
 * @param maxGales the maximum number of entries after a lost one, at most 5
 * @param maxInstruments the maximum number of instruments of an analysis
 * @param maxCandles the maximum number of candles of an analysis, all instruments
 * together
 * @param maxLive the maximum number of live analyses of all users
 */
@ConfigurationProperties("pregao.strategy.catalog")
public record CatalogProperties(@DefaultValue("2") int maxGales, @DefaultValue("500") int maxInstruments,
        @DefaultValue("15000000") long maxCandles, @DefaultValue("500") int maxLive) {

    private static final int GALES_LIMIT = 5;

    public CatalogProperties {
        if (maxGales < 0 || maxGales > GALES_LIMIT) {
            throw new IllegalArgumentException("pregao.strategy.catalog.max-gales is from 0 to 5, not " + maxGales);
        }
        if (maxInstruments < 1 || maxCandles < 1 || maxLive < 1) {
            throw new IllegalArgumentException(
                    "pregao.strategy.catalog: max-instruments, max-candles, and max-live must be at least 1");
        }
    }

}
