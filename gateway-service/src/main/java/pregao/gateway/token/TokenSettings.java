package pregao.gateway.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What tokens are signed and checked by.
 *
 * @param secretKey of the installation; the first where there are several
 * @param tokenSecret takes its place, so that the door need not know what decrypts
 * @param sessionUrl where the keys are that sign people's tokens
 */
@ConfigurationProperties("pregao")
record TokenSettings(@DefaultValue("") String secretKey, @DefaultValue("") String tokenSecret,
        @DefaultValue("http://127.0.0.1:8081") URI sessionUrl) {

    /**
     * What the signing key is derived from.
     * @return the same for all replicas; empty where nothing was said
     */
    Optional<byte[]> secret() {
        String text = this.tokenSecret.isBlank() ? this.secretKey : this.tokenSecret;
        return Optional.of(text.split(",", -1)[0].strip())
            .filter((first) -> !first.isEmpty())
            .map((first) -> first.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "TokenSettings[" + this.sessionUrl + "]";
    }

}
