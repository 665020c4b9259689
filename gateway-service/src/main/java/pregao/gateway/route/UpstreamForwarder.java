package pregao.gateway.route;

import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;

import pregao.gateway.filter.FilterOrder;

/**
 * Sends a request on to its service and the answer back. In place of Spring Cloud
 * Gateway's own filters for this, which copy headers and addresses many times over.
 */
@Component
class UpstreamForwarder implements GlobalFilter, Ordered {

    /** Up to this an answer is sent back in one piece. */
    private static final int PIECE = 1 << 16;

    private static final long USUAL = Duration.ofSeconds(10).toMillis();

    private static final int HTTPS = 443;

    private static final int HTTP = 80;

    private final HttpClient client;

    private final UpstreamRequestHeaders headers;

    private final ConcurrentMap<String, HttpClient> byRoute = new ConcurrentHashMap<>();

    UpstreamForwarder(HttpClient client, UpstreamRequestHeaders headers) {
        this.client = client;
        this.headers = headers;
    }

    @Override
    public int getOrder() {
        return FilterOrder.FORWARDING;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = Objects.requireNonNull(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
        ServerHttpRequest request = exchange.getRequest();
        return client(route).request(HttpMethod.valueOf(request.getMethod().name()))
            .uri(target(request.getURI()))
            .send((sent, body) -> send(exchange, sent, body))
            .responseConnection((answer, connection) -> answer(exchange.getResponse(), answer, connection))
            .then();
    }

    private HttpClient client(Route route) {
        HttpClient known = this.byRoute.get(route.getId());
        return (known != null) ? known : this.byRoute.computeIfAbsent(route.getId(), (id) -> made(route));
    }

    private HttpClient made(Route route) {
        URI home = route.getUri();
        boolean secure = "https".equals(home.getScheme());
        Number millis = (Number) route.getMetadata().getOrDefault(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, USUAL);
        HttpClient made = this.client.host(home.getHost())
            .port((home.getPort() > 0) ? home.getPort() : secure ? HTTPS : HTTP)
            .responseTimeout(Duration.ofMillis(millis.longValue()));
        return secure ? made.secure() : made;
    }

    private static String target(URI uri) {
        String query = uri.getRawQuery();
        return (query != null) ? uri.getRawPath() + '?' + query : uri.getRawPath();
    }

    private Publisher<Void> send(ServerWebExchange exchange, HttpClientRequest sent, NettyOutbound body) {
        ServerHttpRequest request = exchange.getRequest();
        HttpServerRequest came = ServerHttpRequestDecorator.getNativeRequest(request);
        this.headers.write(came.requestHeaders(), exchange, sent.requestHeaders());
        boolean hasBody = request.getHeaders().getContentLength() > 0
                || came.requestHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
        return hasBody ? body.send(request.getBody().map(NettyDataBufferFactory::toByteBuf)) : body;
    }

    private static Publisher<Void> answer(ServerHttpResponse response, HttpClientResponse answer,
            Connection connection) {
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
        int length = answer.responseHeaders().getInt(HttpHeaders.CONTENT_LENGTH, PIECE + 1);
        if (length <= PIECE) {
            Mono<ByteBuf> whole = connection.inbound().receive().aggregate().retain();
            return response.writeWith(whole.<DataBuffer>map((buffer) -> {
                copy(answer, response);
                return buffers.wrap(buffer);
            }).switchIfEmpty(Mono.fromRunnable(() -> copy(answer, response))));
        }
        copy(answer, response);
        return response.writeWith(connection.inbound().receive().retain().map(buffers::wrap));
    }

    private static void copy(HttpClientResponse answer, ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status().code()));
        HttpHeaders headers = response.getHeaders();
        Set<String> hops = HopByHopHeaders.namedIn(answer.responseHeaders());
        for (Iterator<Map.Entry<CharSequence, CharSequence>> all = answer.responseHeaders().iteratorCharSequence(); all
            .hasNext();) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            String name = header.getKey().toString();
            if (!hops.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(name, header.getValue().toString());
            }
        }
    }

}
