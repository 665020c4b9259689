package pregao.gateway.token;

import java.time.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.contracts.service.ServiceName;
import pregao.contracts.service.ServiceTokens;
import pregao.gateway.login.RevokedLogins;

/**
 * Configuration of signing keys, token issuers and token verification.
 */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    private static final Logger log = LoggerFactory.getLogger(TokenConfiguration.class);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JwtSigningKey signingKey(TokenProperties settings) {
        return settings.secret().map(JwtSigningKey::fromSecret).orElseGet(() -> {
            log.warn("PREGAO_TOKEN_SECRET is not set: tokens of this replica are good at this replica only");
            return JwtSigningKey.generate();
        });
    }

    /** Without a service key, no service accepts the forwarded client address. */
    @Bean
    @ConditionalOnProperty("pregao.service-key")
    ServiceTokens serviceTokens(TokenProperties settings, Clock clock) {
        return new ServiceTokens(ServiceName.GATEWAY, settings.serviceKey(), clock);
    }

    @Bean
    UserJwkSource peopleKeys(TokenProperties settings) {
        return new UserJwkSource(settings);
    }

    @Bean
    RevokedLogins endedLogins() {
        return new RevokedLogins();
    }

    @Bean
    UserTokenVerifier peopleTokens(UserJwkSource jwkSource, RevokedLogins revokedLogins, Clock clock) {
        return new UserTokenVerifier(jwkSource::find, jwkSource::isFetched, revokedLogins, clock);
    }

    @Bean
    ApiKeyTokenIssuer signedTokens(JwtSigningKey signingKey, Clock clock) {
        return new ApiKeyTokenIssuer(signingKey, clock);
    }

}
