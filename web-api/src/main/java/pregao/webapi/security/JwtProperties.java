package pregao.webapi.security;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are checked.
 *
 * @param jwksUrl where the keys are that sign tokens
 * @param jwksTimeout how long fetching them may take
 * @param clockSkew how far the signer's clock may be off
 */
@ConfigurationProperties("pregao")
record JwtProperties(@DefaultValue("http://127.0.0.1:8080/.well-known/jwks.json") URI jwksUrl,
        @DefaultValue("2s") Duration jwksTimeout, @DefaultValue("5s") Duration clockSkew) {

}
