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
 * Filter that forwards a request to its service and streams the response back. It
 * replaces the filters of Spring Cloud Gateway for this purpose, which copy headers and
 * addresses several times.
 */
@Component
class UpstreamForwarder implements GlobalFilter, Ordered {

    /** A response of up to this size is sent back in one piece. */
    private static final int MAX_AGGREGATED_BYTES = 1 << 16;

    private static final long DEFAULT_TIMEOUT_MILLIS = Duration.ofSeconds(10).toMillis();

    private static final int HTTPS_PORT = 443;

    private static final int HTTP_PORT = 80;

    private final HttpClient client;

    private final UpstreamRequestHeaders requestHeaders;

    private final ConcurrentMap<String, HttpClient> clientsByRoute = new ConcurrentHashMap<>();

    UpstreamForwarder(HttpClient client, UpstreamRequestHeaders requestHeaders) {
        this.client = client;
        this.requestHeaders = requestHeaders;
    }

    @Override
    public int getOrder() {
        return FilterOrder.UPSTREAM_FORWARDING;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = Objects.requireNonNull(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
        ServerHttpRequest request = exchange.getRequest();
        return getClient(route).request(HttpMethod.valueOf(request.getMethod().name()))
            .uri(getTarget(request.getURI()))
            .send((upstreamRequest, body) -> send(exchange, upstreamRequest, body))
            .responseConnection((upstreamResponse, connection) -> writeResponse(exchange.getResponse(),
                    upstreamResponse, connection))
            .then();
    }

    private HttpClient getClient(Route route) {
        HttpClient client = this.clientsByRoute.get(route.getId());
        return (client != null) ? client
                : this.clientsByRoute.computeIfAbsent(route.getId(), (id) -> createClient(route));
    }

    private HttpClient createClient(Route route) {
        URI uri = route.getUri();
        boolean secure = "https".equals(uri.getScheme());
        Number millis = (Number) route.getMetadata()
            .getOrDefault(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, DEFAULT_TIMEOUT_MILLIS);
        HttpClient routeClient = this.client.host(uri.getHost())
            .port((uri.getPort() > 0) ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT)
            .responseTimeout(Duration.ofMillis(millis.longValue()));
        return secure ? routeClient.secure() : routeClient;
    }

    private static String getTarget(URI uri) {
        String query = uri.getRawQuery();
        return (query != null) ? uri.getRawPath() + '?' + query : uri.getRawPath();
    }

    private Publisher<Void> send(ServerWebExchange exchange, HttpClientRequest upstreamRequest, NettyOutbound body) {
        ServerHttpRequest request = exchange.getRequest();
        HttpServerRequest incoming = ServerHttpRequestDecorator.getNativeRequest(request);
        this.requestHeaders.write(incoming.requestHeaders(), exchange, upstreamRequest.requestHeaders());
        boolean hasBody = request.getHeaders().getContentLength() > 0
                || incoming.requestHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
        return hasBody ? body.send(request.getBody().map(NettyDataBufferFactory::toByteBuf)) : body;
    }

    private static Publisher<Void> writeResponse(ServerHttpResponse response, HttpClientResponse upstreamResponse,
            Connection connection) {
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
        int length = upstreamResponse.responseHeaders().getInt(HttpHeaders.CONTENT_LENGTH, MAX_AGGREGATED_BYTES + 1);
        if (length <= MAX_AGGREGATED_BYTES) {
            Mono<ByteBuf> body = connection.inbound().receive().aggregate().retain();
            return response.writeWith(body.<DataBuffer>map((buffer) -> {
                copyStatusAndHeaders(upstreamResponse, response);
                return buffers.wrap(buffer);
            }).switchIfEmpty(Mono.fromRunnable(() -> copyStatusAndHeaders(upstreamResponse, response))));
        }
        copyStatusAndHeaders(upstreamResponse, response);
        return response.writeWith(connection.inbound().receive().retain().map(buffers::wrap));
    }

    private static void copyStatusAndHeaders(HttpClientResponse upstreamResponse, ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(upstreamResponse.status().code()));
        HttpHeaders headers = response.getHeaders();
        Set<String> hopByHop = HopByHopHeaders.findNames(upstreamResponse.responseHeaders());
        for (Iterator<Map.Entry<CharSequence, CharSequence>> iterator = upstreamResponse.responseHeaders()
            .iteratorCharSequence(); iterator.hasNext();) {
            Map.Entry<CharSequence, CharSequence> header = iterator.next();
            String name = header.getKey().toString();
            if (!hopByHop.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(name, header.getValue().toString());
            }
        }
    }

}
