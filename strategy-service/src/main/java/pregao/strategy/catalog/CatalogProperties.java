package pregao.strategy.catalog;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How large an analysis may be, and how many are live.
 *
 * @param mostGales how many entries may follow a lost one, at most 5
 * @param instruments how many at once
 * @param candles how many in all
 * @param live how many of all people are kept up to date at once
 */
@ConfigurationProperties("pregao.strategy.catalog")
public record CatalogProperties(@DefaultValue("2") int mostGales, @DefaultValue("500") int instruments,
        @DefaultValue("15000000") long candles, @DefaultValue("500") int live) {

    private static final int HIGHEST_GALES = 5;

    public CatalogProperties {
        if (mostGales < 0 || mostGales > HIGHEST_GALES) {
            throw new IllegalArgumentException("pregao.strategy.catalog.most-gales is from 0 to 5, not " + mostGales);
        }
        if (instruments < 1 || candles < 1 || live < 1) {
            throw new IllegalArgumentException("pregao.strategy.catalog: instruments, candles and live are at least 1");
        }
    }

}
