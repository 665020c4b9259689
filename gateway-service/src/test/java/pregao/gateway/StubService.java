package pregao.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.handler.codec.http.HttpHeaders;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

import pregao.testsupport.BlockHoundSupport;

/**
 * Stub of a service behind the gateway that records the requests it receives.
 */
public final class StubService implements AutoCloseable {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    private final Queue<Received> received = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean lost = new AtomicBoolean();

    /** Not the shared resources, because a gateway that stops disposes of those. */
    private final LoopResources loops = LoopResources.create("stub", 2, true);

    private final DisposableServer server;

    public StubService() {
        this(0);
    }

    public StubService(int port) {
        this.server = HttpServer.create()
            .runOn(this.loops)
            .host("127.0.0.1")
            .port(port)
            .handle(this::respond)
            .bindNow(Duration.ofSeconds(60));
    }

    public int port() {
        return this.server.port();
    }

    public String url() {
        return "http://127.0.0.1:" + this.server.port();
    }

    /** Returns and clears the requests received since the last call. */
    public List<Received> received() {
        List<Received> drained = List.copyOf(this.received);
        this.received.clear();
        return drained;
    }

    @Override
    public void close() {
        this.server.disposeNow(Duration.ofSeconds(60));
        this.loops.dispose();
    }

    private Publisher<Void> respond(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asByteArray().defaultIfEmpty(new byte[0]).flatMap((body) -> {
            this.received.add(new Received(request.method().name(), request.uri(), request.requestHeaders().copy(),
                    new String(body, StandardCharsets.ISO_8859_1)));
            boolean first = this.lost.compareAndSet(false, true);
            return Mono
                .from(respond(first && request.uri().endsWith("/drop-once") ? "/drop" : request.uri(), response));
        });
    }

    private static Publisher<Void> respond(String uri, HttpServerResponse response) {
        if (uri.endsWith("/never")) {
            return Mono.never();
        }
        if (uri.endsWith("/drop")) {
            response.withConnection(Connection::dispose);
            return Mono.never();
        }
        if (uri.endsWith("/busy")) {
            return response.status(503)
                .header("Retry-After", "7")
                .header("Content-Type", "application/problem+json")
                .sendString(Mono.just("{\"type\":\"/problems/queue-full\"}"));
        }
        if (uri.equals("/v3/api-docs")) {
            return response.header("Content-Type", "application/json").sendString(Mono.just("""
                    {"openapi":"3.1.0","servers":[{"url":"http://10.0.0.7:8082"}],"paths":{"/ingest":{}}}"""));
        }
        return response.header("Content-Type", "application/json")
            .header("Server", "stub/1.0")
            .header("X-Powered-By", "tests")
            .header("X-Content-Type-Options", "nosniff")
            .sendString(Mono.just("{\"ok\":true}"));
    }

    /**
     * Received request.
     *
     * @param method the HTTP method
     * @param uri the path and query
     * @param headers the headers
     * @param body the body, one character for each byte
     */
    public record Received(String method, String uri, HttpHeaders headers, String body) {

    }

}
