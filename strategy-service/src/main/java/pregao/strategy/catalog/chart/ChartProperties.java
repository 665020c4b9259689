package pregao.strategy.catalog.chart;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of rendered charts.
 *
 * @param perMinute the charts per minute of one user, at once or evenly spread; further
 * requests get status 429
 * @param concurrency the charts that one replica renders at once, of all users; further
 * requests wait
 */
@ConfigurationProperties("pregao.strategy.chart")
record ChartProperties(@DefaultValue("30") int perMinute, @DefaultValue("2") int concurrency) {

    ChartProperties {
        if (perMinute < 1 || concurrency < 1) {
            throw new IllegalArgumentException("pregao.strategy.chart: per-minute and concurrency must be at least 1");
        }
    }

}
