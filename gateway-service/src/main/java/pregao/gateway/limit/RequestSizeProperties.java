package pregao.gateway.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Maximum size of request bodies as transferred. Services check the decompressed size
 * again.
 *
 * @param maxRequestSize the limit of most requests
 * @param maxIngestRequestSize the limit of candle and tick uploads; ingest-service
 * applies its own limit to each endpoint
 */
@ConfigurationProperties("pregao.gateway")
record RequestSizeProperties(@DefaultValue("1MB") DataSize maxRequestSize,
        @DefaultValue("8MB") DataSize maxIngestRequestSize) {

}
