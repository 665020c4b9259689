package pregao.ingest.instrument;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the number of instruments.
 *
 * @param perFeed the maximum number of instruments of a feed; further ones are rejected
 */
@ConfigurationProperties("pregao.ingest.instruments")
public record InstrumentProperties(@DefaultValue("5000") int perFeed) {

    public InstrumentProperties {
        if (perFeed < 1) {
            throw new IllegalArgumentException("a feed has at least one instrument");
        }
    }

}
