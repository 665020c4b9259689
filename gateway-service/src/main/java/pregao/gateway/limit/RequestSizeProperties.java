package pregao.gateway.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a body may be, as it comes over the wire; compressed ones are measured again
 * inside.
 *
 * @param maxRequestSize of most requests
 * @param maxIngestRequestSize of posts of candles and ticks; ingest-service holds each of
 * its calls to its own limit
 */
@ConfigurationProperties("pregao.gateway")
record RequestSizeProperties(@DefaultValue("1MB") DataSize maxRequestSize,
        @DefaultValue("8MB") DataSize maxIngestRequestSize) {

}
