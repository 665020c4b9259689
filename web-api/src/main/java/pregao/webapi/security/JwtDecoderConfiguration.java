package pregao.webapi.security;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;

import io.netty.channel.ChannelOption;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;

import pregao.contracts.login.AccessToken;

/**
 * Decoder of the tokens that the gateway forwards: tokens of users, and tokens that the
 * gateway issues in place of API keys.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JwtProperties.class)
public class JwtDecoderConfiguration {

    /** The trusted issuers: session-service for logins, the gateway for API keys. */
    private static final Set<String> ISSUERS = Set.of(AccessToken.SESSION_ISSUER, AccessToken.GATEWAY_ISSUER);

    @Bean
    ReactiveJwtDecoder tokens(JwtProperties settings, InstantSource clock) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(settings.jwksUrl().toString())
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .webClient(createWebClient(settings))
            .build();
        JwtTimestampValidator timestampValidator = new JwtTimestampValidator(settings.clockSkew());
        timestampValidator.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(timestampValidator,
                new JwtClaimValidator<String>("iss", (issuer) -> issuer != null && ISSUERS.contains(issuer)),
                new JwtClaimValidator<List<String>>("aud",
                        (audience) -> audience != null && audience.contains(AccessToken.AUDIENCE))));
        // A token that cannot be verified because the keys are unavailable is not
        // invalid.
        return new CachingReactiveJwtDecoder(
                (token) -> decoder.decode(token)
                    .onErrorMap(IllegalStateException.class,
                            (failure) -> new AuthenticationServiceException("no keys to check tokens by", failure)),
                clock);
    }

    private static WebClient createWebClient(JwtProperties settings) {
        HttpClient httpClient = HttpClient.create()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.jwksTimeout().toMillis())
            .responseTimeout(settings.jwksTimeout());
        return WebClient.builder().clientConnector(new ReactorClientHttpConnector(httpClient)).build();
    }

}
