package pregao.strategy.catalog.chart;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many pictures are drawn.
 *
 * @param aMinute of one person in a minute, at once or evenly; the next is answered 429
 * @param atOnce of all people at once by one replica; others wait
 */
@ConfigurationProperties("pregao.strategy.chart")
record ChartProperties(@DefaultValue("30") int aMinute, @DefaultValue("2") int atOnce) {

    ChartProperties {
        if (aMinute < 1 || atOnce < 1) {
            throw new IllegalArgumentException("pregao.strategy.chart: a-minute and at-once are at least 1");
        }
    }

}
