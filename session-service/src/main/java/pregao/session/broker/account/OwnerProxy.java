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
 * Passes a request on to the replica that speaks for its account, with the caller's
 * token; once only, so that two replicas never send it to and fro.
 */
@Component
public class OwnerProxy implements DisposableBean {

    /** Of the request: what the owner must see. */
    private static final List<String> ASKED = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ACCEPT, HttpHeaders.USER_AGENT, "traceparent");

    /** Of the answer: what the caller must see. */
    private static final List<String> ANSWERED = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER,
            HttpHeaders.CACHE_CONTROL, HttpHeaders.WWW_AUTHENTICATE);

    private static final int CONNECTIONS = 500;

    /** Sooner than whoever waits gives up; streams say something more often. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    private final Ownership ownership;

    private final ServiceTokens tokens;

    private final ConnectionProvider connections = ConnectionProvider.builder("replicas")
        .maxConnections(CONNECTIONS)
        .pendingAcquireTimeout(Duration.ofSeconds(2))
        .build();

    private final WebClient client;

    OwnerProxy(Ownership ownership, ServiceTokens tokens) {
        this.ownership = ownership;
        this.tokens = tokens;
        HttpClient http = HttpClient.create(this.connections)
            .disableRetry(true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000)
            .responseTimeout(SILENCE);
        this.client = WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)).build();
    }

    /**
     * Where a request about an account belongs.
     * @param account which
     * @param request the request
     * @return the address of the replica that speaks for it; empty where that is this one
     * or none, or where the request was passed on already
     */
    public Mono<String> elsewhere(BrokerAccount account, ServerHttpRequest request) {
        if (request.getHeaders().containsHeader(InternalHeader.HOP)) {
            return Mono.empty();
        }
        return Mono.justOrEmpty(account.owner())
            .filter((owner) -> !owner.equals(this.ownership.id()))
            .flatMap(this.ownership::findAddress);
    }

    /**
     * Passes a request on, and its answer back.
     * @param exchange whose body nobody has read
     * @param address of the replica
     * @return when the answer is through
     */
    Mono<Void> pass(ServerWebExchange exchange, String address) {
        ServerHttpRequest request = exchange.getRequest();
        return asked(request, address).body(request.getBody(), DataBuffer.class)
            .exchangeToMono((answer) -> answered(exchange.getResponse(), answer))
            .onErrorMap(WebClientException.class, OwnerProxy::unreachable);
    }

    /**
     * Passes a request on whose body was read.
     * @param request the request
     * @param address of the replica
     * @param body what it was, written again
     * @return the answer, to be passed back
     */
    public Mono<ResponseEntity<byte[]>> again(ServerHttpRequest request, String address, byte[] body) {
        return asked(request, address).bodyValue(body)
            .exchangeToMono((answer) -> answer.toEntity(byte[].class))
            .map((answer) -> ResponseEntity.status(answer.getStatusCode()).headers((headers) -> {
                HttpHeaders httpHeaders = answer.getHeaders();
                ANSWERED.forEach((name) -> httpHeaders.getOrEmpty(name).forEach((value) -> headers.add(name, value)));
            }).body(answer.getBody()))
            .onErrorMap(WebClientException.class, OwnerProxy::unreachable);
    }

    private WebClient.RequestBodySpec asked(ServerHttpRequest request, String address) {
        HttpHeaders given = request.getHeaders();
        return this.client.method(request.getMethod())
            .uri(URI.create(address + request.getURI().getRawPath() + query(request)))
            .headers((headers) -> {
                ASKED.forEach((name) -> given.getOrEmpty(name).forEach((value) -> headers.add(name, value)));
                headers.set(InternalHeader.FORWARDED_FOR, ClientInfo.of(request).address());
                headers.set(InternalHeader.HOP, this.ownership.id().toString());
                headers.set(InternalHeader.PASS, this.tokens.of(ServiceName.SESSION, Operation.REQUESTS_FORWARD));
            });
    }

    private static String query(ServerHttpRequest request) {
        String query = request.getURI().getRawQuery();
        return (query != null) ? "?" + query : "";
    }

    private static Mono<Void> answered(ServerHttpResponse response, ClientResponse answer) {
        response.setStatusCode(answer.statusCode());
        HttpHeaders httpHeaders = answer.headers().asHttpHeaders();
        ANSWERED
            .forEach((name) -> httpHeaders.getOrEmpty(name).forEach((value) -> response.getHeaders().add(name, value)));
        return response.writeAndFlushWith(answer.bodyToFlux(DataBuffer.class).map(Mono::just));
    }

    private static Throwable unreachable(Throwable failure) {
        return ProblemDefinition.unavailable("The replica that speaks for the account does not answer").asException();
    }

    @Override
    public void destroy() {
        this.connections.dispose();
    }

}
