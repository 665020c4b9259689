package pregao.session.identity.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import reactor.core.publisher.Mono;

import pregao.webapi.problem.ProblemExceptionHandler;

/**
 * Lets people with a valid access token in, and only admins to users, but for oneself;
 * health, metrics and documents are open, because only the inside reaches them.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String NOT_ADMIN = "The role admin is missing";

    private static final String[] OPEN = { "/api/auth/register", "/api/auth/login", "/api/auth/refresh",
            "/api/auth/password/reset" };

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, ReactiveJwtDecoder tokens,
            ActiveLoginAuthenticationConverter logins, ProblemExceptionHandler problems) {
        // No sessions; where the cookie of refresh tokens counts, the origin is checked.
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
            .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
            .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
            .logout(ServerHttpSecurity.LogoutSpec::disable)
            .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .authorizeExchange((paths) -> paths.pathMatchers(HttpMethod.POST, OPEN)
                .permitAll()
                .pathMatchers("/api/users/me/**")
                .authenticated()
                .pathMatchers("/api/users/**")
                .hasAuthority(Role.ADMIN.authority())
                .pathMatchers("/api/**")
                .authenticated()
                .anyExchange()
                .permitAll())
            .oauth2ResourceServer((server) -> server
                .jwt((jwt) -> jwt.jwtDecoder(tokens)
                    .jwtAuthenticationConverter((token) -> Mono.defer(() -> logins.of(token))))
                .authenticationEntryPoint(problems::handleUnauthenticated)
                .accessDeniedHandler(problems.createAccessDeniedHandler(NOT_ADMIN)))
            .exceptionHandling((failures) -> failures.authenticationEntryPoint(problems::handleUnauthenticated)
                .accessDeniedHandler(problems.createAccessDeniedHandler(NOT_ADMIN)))
            .build();
    }

}
