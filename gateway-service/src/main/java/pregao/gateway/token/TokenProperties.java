package pregao.gateway.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What tokens are signed and checked by.
 *
 * @param tokenSecret of the gateway, from which the key is derived that signs in place of
 * API keys
 * @param serviceKey by which the gateway shows services that it passed a request on
 * @param sessionUrl where the keys are that sign people's tokens
 */
@ConfigurationProperties("pregao")
record TokenProperties(@DefaultValue("") String tokenSecret, @DefaultValue("") String serviceKey,
        @DefaultValue("http://127.0.0.1:8081") URI sessionUrl) {

    /**
     * What the signing key is derived from.
     * @return the same for all replicas; empty where nothing was said
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
