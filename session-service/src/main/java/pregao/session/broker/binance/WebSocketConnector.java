package pregao.session.broker.binance;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import io.netty.handler.timeout.ReadTimeoutHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

import pregao.session.broker.api.TokenBucket;

/**
 * Connector that opens WebSockets to Binance for all sessions, because they share one IP
 * address.
 */
final class WebSocketConnector {

    private static final int MAX_FRAME_SIZE = 1024 * 1024;

    private static final WebsocketClientSpec SPEC = WebsocketClientSpec.builder()
        .maxFramePayloadLength(MAX_FRAME_SIZE)
        .build();

    private final TokenBucket connectBucket = createConnectBucket();

    private final HttpClient httpClient;

    private final BinanceTimeouts timeouts;

    private final RequestWeightLimiter weightLimiter;

    WebSocketConnector(HttpClient httpClient, BinanceTimeouts timeouts, RequestWeightLimiter weightLimiter) {
        this.httpClient = httpClient;
        this.timeouts = timeouts;
        this.weightLimiter = weightLimiter;
    }

    BinanceTimeouts timeouts() {
        return this.timeouts;
    }

    /**
     * Reserves the next connection.
     * @return the nanoseconds to wait before connecting
     */
    long reserveConnection() {
        long blockedNanos = TimeUnit.MILLISECONDS.toNanos(this.weightLimiter.blockedMillis());
        return Math.max(blockedNanos, this.connectBucket.reservePermit(System.nanoTime()));
    }

    /**
     * Opens a WebSocket. Pings are answered; if none arrives within the silence timeout,
     * the connection closes.
     * @param eventLoop the event loop on which everything runs
     * @param uri the URI of the WebSocket
     * @param onOpen called once the WebSocket is open
     * @param onText called with each text frame
     * @return completes when the connection ends
     */
    Mono<Void> open(EventLoop eventLoop, URI uri, Consumer<WebSocketConnection> onOpen, Consumer<String> onText) {
        AtomicBoolean isOpen = new AtomicBoolean();
        Mono<Void> lifecycle = this.httpClient.runOn((useNative) -> eventLoop)
            .websocket(SPEC)
            .uri(uri)
            .handle((inbound, outbound) -> {
                isOpen.set(true);
                inbound.withConnection((connection) -> {
                    connection.addHandlerFirst(
                            new ReadTimeoutHandler(this.timeouts.silence().toMillis(), TimeUnit.MILLISECONDS));
                    onOpen.accept(new WebSocketConnection(connection.channel()));
                });
                return inbound.aggregateFrames(MAX_FRAME_SIZE).receive().asString().doOnNext(onText).then();
            })
            .then();
        Mono<Void> connectTimeout = Mono.delay(this.timeouts.connect(), Schedulers.fromExecutorService(eventLoop))
            .flatMap((tick) -> isOpen.get() ? Mono.never() : Mono.error(new TimeoutException("no WebSocket in time")));
        return Mono.firstWithSignal(lifecycle, connectTimeout);
    }

    /**
     * Creates the token bucket for new connections. Binance allows 300 in 5 minutes from
     * one IP address.
     */
    static TokenBucket createConnectBucket() {
        return new TokenBucket(4, Duration.ofSeconds(5), 50);
    }

}
