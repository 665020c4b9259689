package pregao.strategy.catalog.backfill;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How missing candles are asked for.
 *
 * @param repeatAfter how long a wish has to be granted before it is repeated
 * @param maxRequests how many wishes one analysis makes at most
 */
@ConfigurationProperties("pregao.strategy.backfill")
record BackfillProperties(@DefaultValue("10m") Duration repeatAfter, @DefaultValue("500") int maxRequests) {

    BackfillProperties {
        if (!repeatAfter.isPositive() || maxRequests < 0) {
            throw new IllegalArgumentException(
                    "pregao.strategy.backfill: repeat-after must be longer than 0, and max-requests not negative");
        }
    }

}
