package pregao.session.broker.account;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.netty.channel.ChannelOption;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import pregao.contracts.service.InternalHeader;
import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.contracts.service.ServiceTokens;
import pregao.session.broker.ownership.Ownership;
import pregao.session.identity.security.ClientInfo;
import pregao.webapi.problem.ProblemDefinition;

/**
 * A proxy that forwards requests to the replica that owns the account, with the caller's
 * token. A request is forwarded at most once, so that two replicas cannot forward it in a
 * loop.
 */
@Component
public class OwnerProxy implements DisposableBean {

    /** Request headers that are forwarded to the owner. */
    private static final List<String> REQUEST_HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ACCEPT, HttpHeaders.USER_AGENT, "traceparent");

    /** Response headers that are returned to the caller. */
    private static final List<String> RESPONSE_HEADERS = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER,
            HttpHeaders.CACHE_CONTROL, HttpHeaders.WWW_AUTHENTICATE);

    private static final int MAX_CONNECTIONS = 500;

    /** Shorter than the timeouts of callers. Streams send data more often. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(8);

    private final Ownership ownership;

    private final ServiceTokens serviceTokens;

    private final ConnectionProvider connectionProvider = ConnectionProvider.builder("replicas")
        .maxConnections(MAX_CONNECTIONS)
        .pendingAcquireTimeout(Duration.ofSeconds(2))
        .build();

    private final WebClient webClient;

    OwnerProxy(Ownership ownership, ServiceTokens serviceTokens) {
        this.ownership = ownership;
        this.serviceTokens = serviceTokens;
        HttpClient httpClient = HttpClient.create(this.connectionProvider)
            .disableRetry(true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000)
            .responseTimeout(RESPONSE_TIMEOUT);
        this.webClient = WebClient.builder().clientConnector(new ReactorClientHttpConnector(httpClient)).build();
    }

    /**
     * Finds the replica to which a request must be forwarded.
     * @param account the account
     * @param request the request
     * @return the address of the owner; empty if this replica is the owner, if there is
     * no owner, or if the request was forwarded already
     */
    public Mono<String> findOwnerAddress(BrokerAccount account, ServerHttpRequest request) {
        if (request.getHeaders().containsHeader(InternalHeader.HOP)) {
            return Mono.empty();
        }
        return Mono.justOrEmpty(account.owner())
            .filter((owner) -> !owner.equals(this.ownership.id()))
            .flatMap(this.ownership::findAddress);
    }

    /**
     * Forwards a request and returns the response to the caller.
     * @param exchange the exchange, whose body was not read
     * @param address the address of the owner
     * @return completes when the response is sent
     */
    Mono<Void> forward(ServerWebExchange exchange, String address) {
        ServerHttpRequest request = exchange.getRequest();
        return createRequest(request, address).body(request.getBody(), DataBuffer.class)
            .exchangeToMono((response) -> copyResponse(exchange.getResponse(), response))
            .onErrorMap(WebClientException.class, OwnerProxy::toUnavailable);
    }

    /**
     * Forwards a request whose body was read.
     * @param request the request
     * @param address the address of the owner
     * @param body the body, serialized again
     * @return the response to return to the caller
     */
    public Mono<ResponseEntity<byte[]>> forwardWithBody(ServerHttpRequest request, String address, byte[] body) {
        return createRequest(request, address).bodyValue(body)
            .exchangeToMono((response) -> response.toEntity(byte[].class))
            .map((response) -> ResponseEntity.status(response.getStatusCode()).headers((headers) -> {
                HttpHeaders responseHeaders = response.getHeaders();
                RESPONSE_HEADERS
                    .forEach((name) -> responseHeaders.getOrEmpty(name).forEach((value) -> headers.add(name, value)));
            }).body(response.getBody()))
            .onErrorMap(WebClientException.class, OwnerProxy::toUnavailable);
    }

    private WebClient.RequestBodySpec createRequest(ServerHttpRequest request, String address) {
        HttpHeaders requestHeaders = request.getHeaders();
        return this.webClient.method(request.getMethod())
            .uri(URI.create(address + request.getURI().getRawPath() + queryString(request)))
            .headers((headers) -> {
                REQUEST_HEADERS
                    .forEach((name) -> requestHeaders.getOrEmpty(name).forEach((value) -> headers.add(name, value)));
                headers.set(InternalHeader.FORWARDED_FOR, ClientInfo.of(request).address());
                headers.set(InternalHeader.HOP, this.ownership.id().toString());
                headers.set(InternalHeader.PASS,
                        this.serviceTokens.of(ServiceName.SESSION, Operation.REQUESTS_FORWARD));
            });
    }

    private static String queryString(ServerHttpRequest request) {
        String query = request.getURI().getRawQuery();
        return (query != null) ? "?" + query : "";
    }

    private static Mono<Void> copyResponse(ServerHttpResponse response, ClientResponse ownerResponse) {
        response.setStatusCode(ownerResponse.statusCode());
        HttpHeaders ownerHeaders = ownerResponse.headers().asHttpHeaders();
        RESPONSE_HEADERS.forEach(
                (name) -> ownerHeaders.getOrEmpty(name).forEach((value) -> response.getHeaders().add(name, value)));
        return response.writeAndFlushWith(ownerResponse.bodyToFlux(DataBuffer.class).map(Mono::just));
    }

    private static Throwable toUnavailable(Throwable failure) {
        return ProblemDefinition.unavailable("The replica that speaks for the account does not answer").asException();
    }

    @Override
    public void destroy() {
        this.connectionProvider.dispose();
    }

}
