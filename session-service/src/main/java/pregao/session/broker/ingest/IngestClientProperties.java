package pregao.session.broker.ingest;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the ingest client.
 *
 * @param url the URL of ingest
 * @param timeout the response timeout
 */
@ConfigurationProperties("pregao.ingest")
public record IngestClientProperties(@DefaultValue("http://127.0.0.1:8082") URI url,
        @DefaultValue("10s") Duration timeout) {

}
