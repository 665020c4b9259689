package pregao.http.access;

import java.time.InstantSource;
import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Believes what a request says of where it came from only where the gateway shows by a
 * pass that it wrote that: a token of its own for services, of a minute. Whoever else
 * reaches the port is taken for what its connection says.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
public class ForwardedHeaders {

    /** The header with the gateway's pass. */
    public static final String PASS = "X-Pregao-Gateway";

    private static final String GATEWAY = "pregao-gateway";

    private static final List<String> FORWARDED = List.of("X-Forwarded-For");

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter forwardedHeaderFilter(AccessSettings settings, InstantSource clock) {
        ReactiveJwtDecoder passes = CheckedTokens.decoder(settings, InternalToken.AUDIENCE,
                new JwtClaimValidator<String>("iss", GATEWAY::equals), clock);
        return (exchange, chain) -> {
            HttpHeaders headers = exchange.getRequest().getHeaders();
            if (FORWARDED.stream().noneMatch(headers::containsHeader)) {
                return chain.filter(exchange);
            }
            return isFromGateway(headers, passes)
                .flatMap((believed) -> chain.filter(believed ? exchange : withoutForwarded(exchange)));
        };
    }

    /** A pass that cannot be checked now is none. */
    private static Mono<Boolean> isFromGateway(HttpHeaders headers, ReactiveJwtDecoder passes) {
        String pass = headers.getFirst(PASS);
        return (pass == null) ? Mono.just(false)
                : passes.decode(pass).map((good) -> true).onErrorReturn(RuntimeException.class, false);
    }

    private static ServerWebExchange withoutForwarded(ServerWebExchange exchange) {
        return exchange.mutate()
            .request((request) -> request.headers((headers) -> FORWARDED.forEach(headers::remove)))
            .build();
    }

}
