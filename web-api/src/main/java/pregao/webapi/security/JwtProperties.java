package pregao.webapi.security;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of token verification.
 *
 * @param jwksUrl the URL of the public keys that verify tokens
 * @param jwksTimeout the timeout of fetching the keys
 * @param clockSkew the accepted clock skew of the issuer
 */
@ConfigurationProperties("pregao")
record JwtProperties(@DefaultValue("http://127.0.0.1:8080/.well-known/jwks.json") URI jwksUrl,
        @DefaultValue("2s") Duration jwksTimeout, @DefaultValue("5s") Duration clockSkew) {

}
