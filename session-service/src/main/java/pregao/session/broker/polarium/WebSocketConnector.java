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
 * Opens WebSockets to the broker, for all users of this machine: they leave from one
 * address, so they share one budget of connections a second.
 */
final class WebSocketConnector {

    private static final int LARGEST_FRAME = 8 * 1024 * 1024;

    private static final WebsocketClientSpec SPEC = WebsocketClientSpec.builder()
        .maxFramePayloadLength(LARGEST_FRAME)
        .build();

    private final AtomicLong attempts = new AtomicLong();

    private final HttpClient http;

    private final PolariumProperties settings;

    private final IpRateLimiter budget;

    private final Duration patience;

    WebSocketConnector(HttpClient http, PolariumProperties settings, IpRateLimiter budget, Duration patience) {
        this.http = http;
        this.settings = settings;
        this.budget = budget;
        this.patience = patience;
    }

    /**
     * Takes a turn to connect.
     * @return how many nanoseconds to wait
     */
    long turn() {
        return this.budget.connection();
    }

    long attempts() {
        return this.attempts.get();
    }

    /**
     * Opens a WebSocket.
     * @param loop on which everything happens
     * @param opened told once it is open
     * @param frames told each text that arrives
     * @return ends with the connection
     */
    Mono<Void> open(EventLoop loop, Consumer<WebSocketConnection> opened, Consumer<String> frames) {
        AtomicBoolean open = new AtomicBoolean();
        this.attempts.incrementAndGet();
        Mono<Void> connection = this.http.runOn((useNative) -> loop)
            .headers(this.settings::identify)
            .websocket(SPEC)
            .uri(this.settings.socket())
            .handle((in, out) -> {
                open.set(true);
                in.withConnection((found) -> opened.accept(new WebSocketConnection(found.channel())));
                return in.aggregateFrames(LARGEST_FRAME).receive().asString().doOnNext(frames).then();
            })
            .then();
        Mono<Void> late = Mono.delay(this.patience, Schedulers.fromExecutorService(loop))
            .flatMap((tick) -> open.get() ? Mono.never() : Mono.error(new TimeoutException("no WebSocket in time")));
        return Mono.firstWithSignal(connection, late);
    }

}
