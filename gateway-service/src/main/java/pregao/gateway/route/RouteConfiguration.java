package pregao.gateway.route;

import java.util.Objects;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;

import pregao.contracts.key.Scope;
import pregao.contracts.service.ServiceName;
import pregao.gateway.auth.AuthorizationFilters;

import static org.springframework.cloud.gateway.support.RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR;

/**
 * Configuration of the routes to services.
 */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    /** The endpoint of the gateway itself among the paths of session-service. */
    private static final String TICKET_PATH = "/api/auth/ws-ticket";

    private static final String CALLEE_METADATA = "callee";

    private static final String[] QUARANTINE_PATHS = { "/api/quarantine", "/api/quarantine/**", "/api/conflicts",
            "/api/conflicts/**" };

    private static final String[] STRATEGY_PATHS = { "/api/catalog", "/api/catalog/**", "/api/backtests",
            "/api/backtests/**", "/api/bots", "/api/bots/**", "/api/status", "/api/status/**", "/api/trades",
            "/api/positions", "/api/positions/**", "/api/orders", "/api/orders/**", "/api/signals" };

    private static final String[] SESSION_PATHS = { "/api/auth/**", "/api/users", "/api/users/**", "/api/keys",
            "/api/keys/**", "/api/feeds", "/api/feeds/**", "/api/brokers", "/api/brokers/**" };

    /**
     * Returns the service that a request is routed to.
     * @param exchange the exchange of a route
     * @return the called service
     */
    static ServiceName getCallee(ServerWebExchange exchange) {
        Route route = Objects.requireNonNull(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
        return (ServiceName) Objects.requireNonNull(route.getMetadata().get(CALLEE_METADATA));
    }

    @Bean
    RouteLocator table(RouteLocatorBuilder routes, UpstreamProperties upstreams, UpstreamTimeouts timeouts,
            AuthorizationFilters authorization) {
        return routes.routes()
            .route("ingest",
                    (route) -> route.path("/ingest", "/ingest_batch", "/ingest/**")
                        .filters((filters) -> filters.filter(authorization.requireApiKey(Scope.INGEST)))
                        .metadata(RESPONSE_TIMEOUT_ATTR, timeouts.ingest().toMillis())
                        .metadata(CALLEE_METADATA, ServiceName.INGEST)
                        .uri(upstreams.ingestUrl()))
            .route("quarantine", (route) -> route.path(QUARANTINE_PATHS)
                .filters((filters) -> filters.filter(authorization.requireApiKeyOrToken(Scope.INGEST, Scope.READ)))
                .metadata(RESPONSE_TIMEOUT_ATTR, timeouts.ingest().toMillis())
                .metadata(CALLEE_METADATA, ServiceName.INGEST)
                .uri(upstreams.ingestUrl()))
            .route("market-data",
                    (route) -> route.path("/api/market-data", "/api/instruments", "/api/coverage")
                        .filters((filters) -> filters.filter(authorization.requireToken(Scope.READ)))
                        .metadata(RESPONSE_TIMEOUT_ATTR, timeouts.marketData().toMillis())
                        .metadata(CALLEE_METADATA, ServiceName.INDICATORS)
                        .uri(upstreams.indicatorsUrl()))
            .route("strategy",
                    (route) -> route.path(STRATEGY_PATHS)
                        .filters((filters) -> filters
                            .filter(authorization.requireToken(Scope.READ, Scope.RESEARCH, Scope.TRADE)))
                        .metadata(RESPONSE_TIMEOUT_ATTR, timeouts.strategy().toMillis())
                        .metadata(CALLEE_METADATA, ServiceName.STRATEGY)
                        .uri(upstreams.strategyUrl()))
            .route("session",
                    (route) -> route.path(SESSION_PATHS)
                        .and()
                        .not((spec) -> spec.path(TICKET_PATH))
                        .metadata(RESPONSE_TIMEOUT_ATTR, timeouts.session().toMillis())
                        .metadata(CALLEE_METADATA, ServiceName.SESSION)
                        .uri(upstreams.sessionUrl()))
            .route("health",
                    (route) -> route.path("/health")
                        .metadata(RESPONSE_TIMEOUT_ATTR, timeouts.health().toMillis())
                        .metadata(CALLEE_METADATA, ServiceName.INGEST)
                        .uri(upstreams.ingestUrl()))
            .build();
    }

    /**
     * Disables automatic retries, because only the client can decide whether to send a
     * batch again.
     */
    @Bean
    HttpClientCustomizer withoutRetry() {
        return (client) -> client.disableRetry(true);
    }

}
