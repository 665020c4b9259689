package pregao.strategy.security;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

import pregao.webapi.problem.ProblemExceptionHandler;

/**
 * Authorizes requests by the scopes of their token: {@code read} for reading,
 * {@code research} for analyses, patterns, strategies and backtests, and {@code trade}
 * for bots and orders. Requests that change something and match no rule are denied.
 * Health, metrics and API documents are open, because the port is reachable only from
 * inside.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String MISSING_SCOPE_MESSAGE = "The scope of this call is missing: read to read; research for analyses, "
            + "patterns, strategies and backtests; trade for bots and orders";

    private static final String READ = "SCOPE_read";

    private static final String RESEARCH = "SCOPE_research";

    private static final String TRADE = "SCOPE_trade";

    private static final String[] RESEARCH_PATHS = { "/api/catalog/**", "/api/backtests/**" };

    /** The paths of bots, orders and positions. */
    static final String[] TRADING_PATHS = { "/api/bots/**", "/api/orders/**", "/api/positions/**" };

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, ReactiveJwtDecoder jwtDecoder,
            ProblemExceptionHandler problems) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable) // no cookies, no sessions
            .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
            .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
            .logout(ServerHttpSecurity.LogoutSpec::disable)
            .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .authorizeExchange(SecurityConfiguration::authorize)
            .oauth2ResourceServer((server) -> server
                .jwt((jwt) -> jwt.jwtDecoder(jwtDecoder).jwtAuthenticationConverter(new JwtUserConverter()))
                .authenticationEntryPoint(problems::handleUnauthenticated)
                .accessDeniedHandler(problems.createAccessDeniedHandler(MISSING_SCOPE_MESSAGE)))
            .exceptionHandling((handling) -> handling.authenticationEntryPoint(problems::handleUnauthenticated)
                .accessDeniedHandler(problems.createAccessDeniedHandler(MISSING_SCOPE_MESSAGE)))
            .build();
    }

    /** The first rule that matches applies. */
    private static void authorize(ServerHttpSecurity.AuthorizeExchangeSpec exchanges) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            exchanges.pathMatchers(method, RESEARCH_PATHS)
                .hasAnyAuthority(READ, RESEARCH, TRADE)
                .pathMatchers(method, "/api/bots/*/evidence/*")
                .hasAnyAuthority(READ, RESEARCH, TRADE)
                .pathMatchers(method, "/api/**")
                .hasAnyAuthority(READ, TRADE);
        }
        exchanges.pathMatchers(RESEARCH_PATHS)
            .hasAuthority(RESEARCH)
            .pathMatchers(HttpMethod.POST, "/api/bots/*/evidence")
            .hasAnyAuthority(RESEARCH, TRADE)
            .pathMatchers(TRADING_PATHS)
            .hasAuthority(TRADE)
            .pathMatchers("/api/**")
            .denyAll()
            .anyExchange()
            .permitAll();
    }

}
