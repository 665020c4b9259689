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
 * Opens WebSockets to the broker, for everybody here: they leave from one address.
 */
final class WebSocketConnector {

    private static final int LARGEST_FRAME = 1024 * 1024;

    private static final WebsocketClientSpec SPEC = WebsocketClientSpec.builder()
        .maxFramePayloadLength(LARGEST_FRAME)
        .build();

    private final TokenBucket turns = turns();

    private final HttpClient http;

    private final BinanceTimeouts timeouts;

    private final RequestWeightLimiter budget;

    WebSocketConnector(HttpClient http, BinanceTimeouts timeouts, RequestWeightLimiter budget) {
        this.http = http;
        this.timeouts = timeouts;
        this.budget = budget;
    }

    BinanceTimeouts timeouts() {
        return this.timeouts;
    }

    /**
     * Takes a turn to connect.
     * @return how many nanoseconds to wait
     */
    long turn() {
        long stopped = TimeUnit.MILLISECONDS.toNanos(this.budget.stopped());
        return Math.max(stopped, this.turns.take(System.nanoTime()));
    }

    /**
     * Opens a WebSocket; pings are answered, and where none come it is closed.
     * @param loop on which everything happens
     * @param address of it
     * @param opened told once it is open
     * @param frames told each text that arrives
     * @return ends with the connection
     */
    Mono<Void> open(EventLoop loop, URI address, Consumer<WebSocketConnection> opened, Consumer<String> frames) {
        AtomicBoolean open = new AtomicBoolean();
        Mono<Void> connection = this.http.runOn((useNative) -> loop).websocket(SPEC).uri(address).handle((in, out) -> {
            open.set(true);
            in.withConnection((found) -> {
                found
                    .addHandlerFirst(new ReadTimeoutHandler(this.timeouts.silence().toMillis(), TimeUnit.MILLISECONDS));
                opened.accept(new WebSocketConnection(found.channel()));
            });
            return in.aggregateFrames(LARGEST_FRAME).receive().asString().doOnNext(frames).then();
        }).then();
        Mono<Void> late = Mono.delay(this.timeouts.connect(), Schedulers.fromExecutorService(loop))
            .flatMap((tick) -> open.get() ? Mono.never() : Mono.error(new TimeoutException("no WebSocket in time")));
        return Mono.firstWithSignal(connection, late);
    }

    /**
     * When a WebSocket may be opened: the broker allows 300 in five minutes from one
     * address.
     */
    static TokenBucket turns() {
        return new TokenBucket(4, Duration.ofSeconds(5), 50);
    }

}
