package pregao.webapi.security;

import java.time.Clock;
import java.util.Collection;
import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

import pregao.contracts.service.InternalHeader;
import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;

/**
 * Filter that accepts forwarding headers only from the gateway or from another replica of
 * the same service, which prove their identity with a service token. The header that
 * marks a request as already forwarded is accepted only from a replica. For any other
 * peer the headers are removed, and the connection's address counts.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CallerProperties.class)
public class ForwardedHeaders {

    private static final List<String> FORWARDED_HEADERS = List.of(InternalHeader.FORWARDED_FOR, InternalHeader.HOP,
            InternalHeader.HOST);

    @Bean
    ServiceTokenDecoder serviceTokenDecoder(CallerProperties settings, Environment environment, Clock clock) {
        String name = environment.getRequiredProperty("spring.application.name").replace("-service", "");
        return new ServiceTokenDecoder(settings.callerKeys(), ServiceName.of(name).orElseThrow(), clock);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter forwardedHeaderFilter(ServiceTokenDecoder tokenDecoder) {
        return (exchange, chain) -> {
            HttpHeaders headers = exchange.getRequest().getHeaders();
            if (FORWARDED_HEADERS.stream().noneMatch(headers::containsHeader)) {
                return chain.filter(exchange);
            }
            return findUntrustedHeaders(headers, tokenDecoder).flatMap(
                    (untrusted) -> chain.filter(untrusted.isEmpty() ? exchange : removeHeaders(untrusted, exchange)));
        };
    }

    /**
     * Returns the headers to remove. A service token that cannot be verified counts as
     * none.
     */
    private static Mono<List<String>> findUntrustedHeaders(HttpHeaders headers, ServiceTokenDecoder tokenDecoder) {
        String token = headers.getFirst(InternalHeader.PASS);
        return (token == null) ? Mono.just(FORWARDED_HEADERS)
                : tokenDecoder.decode(token)
                    .map(ForwardedHeaders::findUntrustedHeaders)
                    .onErrorReturn(RuntimeException.class, FORWARDED_HEADERS);
    }

    private static List<String> findUntrustedHeaders(Jwt token) {
        if (!ServiceTokenDecoder.getOperations(token).contains(Operation.REQUESTS_FORWARD)) {
            return FORWARDED_HEADERS;
        }
        return (ServiceTokenDecoder.getCaller(token) == ServiceName.GATEWAY) ? List.of(InternalHeader.HOP) : List.of();
    }

    private static ServerWebExchange removeHeaders(Collection<String> names, ServerWebExchange exchange) {
        return exchange.mutate()
            .request((request) -> request.headers((headers) -> names.forEach(headers::remove)))
            .build();
    }

}
