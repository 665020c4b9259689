package pregao.ingest.limit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of what is under way.
 *
 * @param requests how many requests at once; the next is answered 429
 * @param bytes how many bytes of bodies at once; the next is answered 429
 * @param body the largest body, also inflated
 * @param readTime how long a body may take to arrive
 */
@ConfigurationProperties("pregao.ingest.limit")
public record LimitSettings(@DefaultValue("256") int requests, @DefaultValue("64MB") DataSize bytes,
        @DefaultValue("1MB") DataSize body, @DefaultValue("10s") Duration readTime) {

    public LimitSettings {
        if (requests < 1 || bytes.compareTo(body) < 0) {
            throw new IllegalArgumentException("room for at least one request of the largest body is needed");
        }
    }

}
