package pregao.session.access;

import java.time.Clock;
import java.util.List;

import javax.crypto.SecretKey;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.http.access.InternalToken;
import pregao.http.problem.ProblemHandler;
import pregao.session.secret.SecretBox;

/**
 * Lets other services of the installation in at {@code /internal}, to which the gateway
 * has no route: by a token of a minute (JWT, HS256, audience {@code pregao-internal}),
 * signed with a key that is derived from the secret that all services share. No token of
 * a person or an API key is good there.
 */
@Configuration(proxyBeanMethods = false)
class InternalAccess {

    @Bean
    InternalToken internalToken(SecretBox secrets, Clock clock) {
        return new InternalToken(secrets.keysFor(InternalToken.KEY).getFirst(), clock);
    }

    @Bean
    @Order(1)
    SecurityWebFilterChain internalChain(ServerHttpSecurity http, SecretBox secrets, ProblemHandler problems) {
        List<ReactiveJwtDecoder> decoders = secrets.keysFor(InternalToken.KEY)
            .stream()
            .map(InternalAccess::decoder)
            .toList();
        return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/internal/**"))
            .csrf(ServerHttpSecurity.CsrfSpec::disable)
            .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
            .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
            .logout(ServerHttpSecurity.LogoutSpec::disable)
            .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .authorizeExchange((paths) -> paths.anyExchange().authenticated())
            .oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.jwtDecoder((token) -> any(decoders, token)))
                .authenticationEntryPoint(problems::unauthenticated)
                .accessDeniedHandler(problems.forbidden("This is not for the token that was sent")))
            .exceptionHandling((failures) -> failures.authenticationEntryPoint(problems::unauthenticated)
                .accessDeniedHandler(problems.forbidden("This is not for the token that was sent")))
            .build();
    }

    private static Mono<Jwt> any(List<ReactiveJwtDecoder> decoders, String token) {
        return Flux.fromIterable(decoders)
            .concatMap((decoder) -> decoder.decode(token).onErrorResume(JwtException.class, (bad) -> Mono.empty()))
            .next()
            .switchIfEmpty(Mono.error(() -> new BadJwtException("not a token of this installation")));
    }

    private static ReactiveJwtDecoder decoder(SecretKey key) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(key)
            .macAlgorithm(MacAlgorithm.HS256)
            .build();
        JwtTimestampValidator times = new JwtTimestampValidator(InternalToken.SKEW);
        times.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, new JwtClaimValidator<List<String>>("aud",
                (aud) -> aud != null && aud.contains(InternalToken.AUDIENCE))));
        return decoder;
    }

}
