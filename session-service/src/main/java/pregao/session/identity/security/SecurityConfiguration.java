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
 * Security of the public API. It requires a valid access token, and the role admin for
 * {@code /api/users} except for a user's own account. Health, metrics and API documents
 * are open, because they are reachable only from inside.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String FORBIDDEN_DETAIL = "The role admin is missing";

    private static final String[] PUBLIC_PATHS = { "/api/auth/register", "/api/auth/login", "/api/auth/refresh",
            "/api/auth/password/reset" };

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
            ActiveLoginAuthenticationConverter converter, ProblemExceptionHandler problems) {
        // CSRF protection is not needed: there are no sessions, and the refresh cookie is
        // accepted only with the own origin.
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
            .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
            .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
            .logout(ServerHttpSecurity.LogoutSpec::disable)
            .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .authorizeExchange((paths) -> paths.pathMatchers(HttpMethod.POST, PUBLIC_PATHS)
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
                .jwt((jwt) -> jwt.jwtDecoder(decoder)
                    .jwtAuthenticationConverter((token) -> Mono.defer(() -> converter.convert(token))))
                .authenticationEntryPoint(problems::handleUnauthenticated)
                .accessDeniedHandler(problems.createAccessDeniedHandler(FORBIDDEN_DETAIL)))
            .exceptionHandling((exceptions) -> exceptions.authenticationEntryPoint(problems::handleUnauthenticated)
                .accessDeniedHandler(problems.createAccessDeniedHandler(FORBIDDEN_DETAIL)))
            .build();
    }

}
