package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

import pregao.session.broker.api.IpRateLimiter;

/**
 * Connector that opens WebSockets to Polarium for all sessions of this machine. They
 * share one IP address, and so one limit of connections per second.
 */
final class WebSocketConnector {

    private static final int MAX_FRAME_SIZE = 8 * 1024 * 1024;

    private static final WebsocketClientSpec SPEC = WebsocketClientSpec.builder()
        .maxFramePayloadLength(MAX_FRAME_SIZE)
        .build();

    private final AtomicLong attempts = new AtomicLong();

    private final HttpClient httpClient;

    private final PolariumProperties properties;

    private final IpRateLimiter ipRateLimiter;

    private final Duration connectTimeout;

    WebSocketConnector(HttpClient httpClient, PolariumProperties properties, IpRateLimiter ipRateLimiter,
            Duration connectTimeout) {
        this.httpClient = httpClient;
        this.properties = properties;
        this.ipRateLimiter = ipRateLimiter;
        this.connectTimeout = connectTimeout;
    }

    /**
     * Reserves the next connection.
     * @return the nanoseconds to wait before connecting
     */
    long reserveConnection() {
        return this.ipRateLimiter.reserveConnection();
    }

    long attempts() {
        return this.attempts.get();
    }

    /**
     * Opens a WebSocket.
     * @param eventLoop the event loop on which everything runs
     * @param onOpen called once the WebSocket is open
     * @param onText called with each text frame
     * @return completes when the connection ends
     */
    Mono<Void> open(EventLoop eventLoop, Consumer<WebSocketConnection> onOpen, Consumer<String> onText) {
        AtomicBoolean isOpen = new AtomicBoolean();
        this.attempts.incrementAndGet();
        Mono<Void> lifecycle = this.httpClient.runOn((useNative) -> eventLoop)
            .headers(this.properties::addHeaders)
            .websocket(SPEC)
            .uri(this.properties.socket())
            .handle((inbound, outbound) -> {
                isOpen.set(true);
                inbound.withConnection((connection) -> onOpen.accept(new WebSocketConnection(connection.channel())));
                return inbound.aggregateFrames(MAX_FRAME_SIZE).receive().asString().doOnNext(onText).then();
            })
            .then();
        Mono<Void> timeout = Mono.delay(this.connectTimeout, Schedulers.fromExecutorService(eventLoop))
            .flatMap((tick) -> isOpen.get() ? Mono.never() : Mono.error(new TimeoutException("no WebSocket in time")));
        return Mono.firstWithSignal(lifecycle, timeout);
    }

}
