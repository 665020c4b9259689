package pregao.indicators.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

import pregao.webapi.problem.ProblemExceptionHandler;

/**
 * Requires a token with the scope {@code read} for the API. Health, metrics, and
 * documentation are open, because only the internal network reaches this port.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, ReactiveJwtDecoder jwtDecoder,
            ProblemExceptionHandler problemHandler) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable) // no cookies, no sessions
            .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
            .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
            .logout(ServerHttpSecurity.LogoutSpec::disable)
            .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .authorizeExchange(
                    (paths) -> paths.pathMatchers("/api/**").hasAuthority("SCOPE_read").anyExchange().permitAll())
            .oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.jwtDecoder(jwtDecoder))
                .authenticationEntryPoint(problemHandler::handleUnauthenticated)
                .accessDeniedHandler(problemHandler.createAccessDeniedHandler("The scope read is missing")))
            .exceptionHandling((failures) -> failures.authenticationEntryPoint(problemHandler::handleUnauthenticated)
                .accessDeniedHandler(problemHandler.createAccessDeniedHandler("The scope read is missing")))
            .build();
    }

}
