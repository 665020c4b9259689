package pregao.indicators.access;

import java.time.InstantSource;
import java.util.List;

import io.netty.channel.ChannelOption;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;

import pregao.indicators.problem.ProblemHandler;

/**
 * Lets callers with a token of scope {@code read} in; health, metrics and documents are
 * open, because only the inside reaches this port.
 */
@Configuration(proxyBeanMethods = false)
class Access {

    static final String AUDIENCE = "pregao-api";

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, ReactiveJwtDecoder tokens, ProblemHandler problems) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable) // no cookies, no sessions
            .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
            .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
            .logout(ServerHttpSecurity.LogoutSpec::disable)
            .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .authorizeExchange(
                    (paths) -> paths.pathMatchers("/api/**").hasAuthority("SCOPE_read").anyExchange().permitAll())
            .oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.jwtDecoder(tokens))
                .authenticationEntryPoint(problems::unauthenticated)
                .accessDeniedHandler(problems::forbidden))
            .exceptionHandling((failures) -> failures.authenticationEntryPoint(problems::unauthenticated)
                .accessDeniedHandler(problems::forbidden))
            .build();
    }

    @Bean
    ReactiveJwtDecoder tokens(AccessSettings settings, InstantSource clock) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(settings.jwksUrl().toString())
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .webClient(client(settings))
            .build();
        decoder.setJwtValidator(rules(settings));
        // A token that cannot be checked now is not a wrong one.
        return new RememberedTokens(
                (token) -> decoder.decode(token)
                    .onErrorMap(IllegalStateException.class,
                            (failure) -> new AuthenticationServiceException("no keys to check tokens by", failure)),
                clock);
    }

    private static OAuth2TokenValidator<Jwt> rules(AccessSettings settings) {
        JwtTimestampValidator times = new JwtTimestampValidator(settings.clockSkew());
        times.setAllowEmptyExpiryClaim(false);
        return new DelegatingOAuth2TokenValidator<>(times,
                new JwtClaimValidator<List<String>>("aud", (aud) -> aud != null && aud.contains(AUDIENCE)));
    }

    private static WebClient client(AccessSettings settings) {
        HttpClient http = HttpClient.create()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.jwksTimeout().toMillis())
            .responseTimeout(settings.jwksTimeout());
        return WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)).build();
    }

}
