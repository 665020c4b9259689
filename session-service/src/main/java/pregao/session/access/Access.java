package pregao.session.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

import pregao.session.problem.ProblemHandler;

/**
 * Lets people with a valid access token in; health, metrics and documents are open,
 * because only the inside reaches them.
 */
@Configuration(proxyBeanMethods = false)
class Access {

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, ProblemHandler problems) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable) // no cookies, no sessions
            .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
            .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
            .logout(ServerHttpSecurity.LogoutSpec::disable)
            .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .authorizeExchange((paths) -> paths.pathMatchers("/api/**").denyAll().anyExchange().permitAll())
            .exceptionHandling((failures) -> failures.authenticationEntryPoint(problems::unauthenticated)
                .accessDeniedHandler(problems::forbidden))
            .build();
    }

}
