package pregao.strategy.catalog.backfill;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How missing candles are asked for.
 *
 * @param repeat how long a wish has to be granted before it is repeated
 * @param most how many wishes one analysis makes at most
 */
@ConfigurationProperties("pregao.strategy.backfill")
record BackfillProperties(@DefaultValue("10m") Duration repeat, @DefaultValue("500") int most) {

    BackfillProperties {
        if (!repeat.isPositive() || most < 0) {
            throw new IllegalArgumentException(
                    "pregao.strategy.backfill: repeat is longer than 0, and most is not negative");
        }
    }

}
