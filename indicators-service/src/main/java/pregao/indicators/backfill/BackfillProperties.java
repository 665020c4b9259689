package pregao.indicators.backfill;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When gaps are searched and requested.
 *
 * @param interval the time between two scans
 * @param lookback how far back a scan searches
 * @param minGap the shortest gap; shorter ones are ignored
 * @param repeatAfter how long after a request it may be repeated
 */
@ConfigurationProperties("pregao.backfill")
record BackfillProperties(@DefaultValue("5m") Duration interval, @DefaultValue("7d") Duration lookback,
        @DefaultValue("5m") Duration minGap, @DefaultValue("6h") Duration repeatAfter) {

    private static final Duration MAX_LOOKBACK = Duration.ofDays(366);

    BackfillProperties {
        if (!interval.isPositive() || !minGap.isPositive() || !repeatAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "pregao.backfill: interval, min-gap, and repeat-after must be longer than 0");
        }
        if (!lookback.isPositive() || lookback.compareTo(MAX_LOOKBACK) > 0) {
            throw new IllegalArgumentException("pregao.backfill.lookback is up to 366 days, not " + lookback);
        }
    }

}
