package pregao.ingest.instrument;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many instruments there may be.
 *
 * @param perFeed of a feed; one more is rejected
 */
@ConfigurationProperties("pregao.ingest.instruments")
public record InstrumentProperties(@DefaultValue("5000") int perFeed) {

    public InstrumentProperties {
        if (perFeed < 1) {
            throw new IllegalArgumentException("a feed has at least one instrument");
        }
    }

}
