package pregao.indicators.backfill;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When gaps are asked to be filled.
 *
 * @param every how often they are looked for
 * @param reach how far back
 * @param shortest what is missing for less is left alone
 * @param repeat how long a wish has to be granted before it is repeated
 */
@ConfigurationProperties("pregao.backfill")
record BackfillProperties(@DefaultValue("5m") Duration every, @DefaultValue("7d") Duration reach,
        @DefaultValue("5m") Duration shortest, @DefaultValue("6h") Duration repeat) {

    private static final Duration FURTHEST = Duration.ofDays(366);

    BackfillProperties {
        if (!every.isPositive() || !shortest.isPositive() || !repeat.isPositive()) {
            throw new IllegalArgumentException("pregao.backfill: every, shortest and repeat are longer than 0");
        }
        if (!reach.isPositive() || reach.compareTo(FURTHEST) > 0) {
            throw new IllegalArgumentException("pregao.backfill.reach is up to 366 days, not " + reach);
        }
    }

}
