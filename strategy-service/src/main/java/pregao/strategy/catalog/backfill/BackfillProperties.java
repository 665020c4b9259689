package pregao.strategy.catalog.backfill;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of backfill requests.
 *
 * @param repeatAfter the time after which an unfulfilled request is repeated
 * @param maxRequests the maximum number of requests of one analysis
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
