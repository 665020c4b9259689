package pregao.session.identity.token;

import java.time.Duration;
import java.util.List;

import com.nimbusds.jwt.SignedJWT;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Flux;

import pregao.background.PeriodicTask;
import pregao.contracts.login.AccessToken;

/**
 * Decoder that verifies tokens by the keys in memory, and the task that reloads these
 * keys.
 */
@Configuration(proxyBeanMethods = false)
class JwtConfiguration {

    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(5);

    @Bean
    ReactiveJwtDecoder decoder(SigningKeyRing keyRing) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder
            .withJwkSource((SignedJWT token) -> Flux.fromIterable(keyRing.getPublicKeys()))
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
        JwtTimestampValidator timestampValidator = new JwtTimestampValidator(MAX_CLOCK_SKEW);
        timestampValidator.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(timestampValidator,
                new JwtClaimValidator<String>("iss", AccessToken.SESSION_ISSUER::equals),
                new JwtClaimValidator<List<String>>("aud",
                        (audience) -> audience != null && audience.contains(AccessToken.AUDIENCE))));
        return decoder;
    }

    @Bean
    PeriodicTask rereadingOfKeys(SigningKeyRing keyRing) {
        return new PeriodicTask("signing-keys", SigningKeyRing.RELOAD_INTERVAL, keyRing::reload);
    }

}
