package pregao.gateway.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a body may be, as it comes over the wire; compressed ones are measured again
 * inside.
 *
 * @param max of most requests
 * @param ingest of posts of candles and ticks; ingest-service holds each of its calls to
 * its own limit
 */
@ConfigurationProperties("pregao.body")
record RequestSizeProperties(@DefaultValue("1MB") DataSize max, @DefaultValue("8MB") DataSize ingest) {

}
