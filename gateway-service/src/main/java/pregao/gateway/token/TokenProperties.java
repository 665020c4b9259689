package pregao.gateway.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Secrets that sign tokens, and the source of the keys that verify them.
 *
 * @param tokenSecret the secret of the gateway, from which the key is derived that signs
 * tokens for API keys
 * @param serviceKey the private key with which the gateway proves to services that it
 * forwarded a request
 * @param sessionUrl the URL of session-service, which publishes the keys of user tokens
 */
@ConfigurationProperties("pregao")
record TokenProperties(@DefaultValue("") String tokenSecret, @DefaultValue("") String serviceKey,
        @DefaultValue("http://127.0.0.1:8081") URI sessionUrl) {

    /**
     * Returns the secret from which the signing key is derived.
     * @return the secret, which is the same for all replicas; empty if none is configured
     */
    Optional<byte[]> secret() {
        return Optional.of(this.tokenSecret.strip())
            .filter((text) -> !text.isEmpty())
            .map((text) -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "TokenProperties[" + this.sessionUrl + "]";
    }

}
