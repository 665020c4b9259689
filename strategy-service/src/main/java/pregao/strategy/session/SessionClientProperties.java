package pregao.strategy.session;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the client of session-service.
 *
 * @param sessionUrl the URL of session-service
 * @param serviceKey the private key of this service: P-256, PKCS #8 in Base64; if it is
 * empty, no broker can be reached
 * @param sessionTimeout the timeout of requests
 */
@ConfigurationProperties("pregao")
public record SessionClientProperties(@DefaultValue("http://127.0.0.1:8081") URI sessionUrl,
        @DefaultValue("") String serviceKey, @DefaultValue("7s") Duration sessionTimeout) {

    @Override
    public String toString() {
        return "SessionClientProperties[" + this.sessionUrl + "]";
    }

}
