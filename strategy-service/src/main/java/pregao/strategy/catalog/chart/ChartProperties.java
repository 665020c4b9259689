package pregao.strategy.catalog.chart;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many pictures are drawn.
 *
 * @param perMinute of one person in a minute, at once or evenly; the next is answered 429
 * @param concurrency of all people at once by one replica; others wait
 */
@ConfigurationProperties("pregao.strategy.chart")
record ChartProperties(@DefaultValue("30") int perMinute, @DefaultValue("2") int concurrency) {

    ChartProperties {
        if (perMinute < 1 || concurrency < 1) {
            throw new IllegalArgumentException("pregao.strategy.chart: per-minute and concurrency must be at least 1");
        }
    }

}
