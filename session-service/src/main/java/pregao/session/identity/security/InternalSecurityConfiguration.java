package pregao.session.identity.security;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import reactor.core.publisher.Mono;

import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.contracts.service.ServiceTokens;
import pregao.webapi.problem.ProblemExceptionHandler;
import pregao.webapi.security.ServiceTokenDecoder;

/**
 * Security of {@code /internal}, which only other services of the installation may call
 * and to which the gateway has no route. The caller sends a one-minute token, signed with
 * its own key, for this service and one operation. Any path without a rule is denied.
 * Tokens of users and API keys are not accepted.
 */
@Configuration(proxyBeanMethods = false)
class InternalSecurityConfiguration {

    private static final String FORBIDDEN = "This is not an operation of the service that calls, or not the token's";

    @Bean
    ServiceTokens serviceTokens(ServiceProperties settings, Clock clock) {
        return new ServiceTokens(ServiceName.SESSION, settings.serviceKey(), clock);
    }

    @Bean
    @Order(1)
    SecurityWebFilterChain internalChain(ServerHttpSecurity http, ServiceTokenDecoder tokenDecoder,
            ProblemExceptionHandler problems) {
        return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/internal/**"))
            .csrf(ServerHttpSecurity.CsrfSpec::disable)
            .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
            .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
            .logout(ServerHttpSecurity.LogoutSpec::disable)
            .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .authorizeExchange(InternalSecurityConfiguration::authorize)
            .oauth2ResourceServer((server) -> server
                .jwt((jwt) -> jwt.jwtDecoder(tokenDecoder::decode)
                    .jwtAuthenticationConverter(InternalSecurityConfiguration::toAuthentication))
                .authenticationEntryPoint(problems::handleUnauthenticated)
                .accessDeniedHandler(problems.createAccessDeniedHandler(FORBIDDEN)))
            .exceptionHandling((exceptions) -> exceptions.authenticationEntryPoint(problems::handleUnauthenticated)
                .accessDeniedHandler(problems.createAccessDeniedHandler(FORBIDDEN)))
            .build();
    }

    private static void authorize(ServerHttpSecurity.AuthorizeExchangeSpec exchanges) {
        exchanges.pathMatchers(HttpMethod.PUT, "/internal/orders/{id}")
            .hasAuthority(Operation.ORDERS_PLACE.text())
            .pathMatchers(HttpMethod.GET, "/internal/orders/{id}")
            .hasAuthority(Operation.ORDERS_READ.text())
            .pathMatchers(HttpMethod.GET, "/internal/accounts/{id}", "/internal/accounts/{id}/instruments",
                    "/internal/accounts/{id}/balances")
            .hasAuthority(Operation.ACCOUNTS_READ.text())
            .pathMatchers(HttpMethod.GET, "/internal/logins/{id}")
            .hasAuthority(Operation.LOGINS_READ.text())
            .anyExchange()
            .denyAll();
    }

    private static Mono<AbstractAuthenticationToken> toAuthentication(Jwt token) {
        String[] operations = ServiceTokenDecoder.getOperations(token)
            .stream()
            .map(Operation::text)
            .toArray(String[]::new);
        return Mono.just(UsernamePasswordAuthenticationToken.authenticated(ServiceTokenDecoder.getCaller(token).text(),
                "", AuthorityUtils.createAuthorityList(operations)));
    }

}
