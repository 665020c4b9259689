package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.Sensitive;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;

/**
 * Sends orders to a no-op exchange in this process, so that the JVM has compiled the path
 * of an order before a user's first order takes it. Nothing leaves this machine, and no
 * limiter of the real exchange counts these orders.
 */
final class OrderWarmUp {

    private static final String SYMBOL = "BTCUSDT";

    private static final Duration VALIDITY = Duration.ofSeconds(10);

    private static final SymbolFilters FILTERS = new SymbolFilters(JsonTrees.parse("""
            {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[]}"""));

    private final HttpClient http;

    private final LoopResources loops;

    private final BinanceTimeouts timeouts;

    private final InstantSource clock;

    OrderWarmUp(HttpClient http, LoopResources loops, BinanceTimeouts timeouts, InstantSource clock) {
        this.http = http;
        this.loops = loops;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /**
     * Sends orders one after another.
     * @param orders how many
     * @return when all are sent
     */
    Mono<Void> run(int orders) {
        return Mono.usingWhen(exchange(), (server) -> send(server, orders), (server) -> {
            server.dispose();
            return server.onDispose();
        });
    }

    private Mono<? extends DisposableServer> exchange() {
        return HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .runOn(this.loops)
            .route((routes) -> routes.get("/v3/time", this::answerTime).post("/v3/order", this::fill))
            .bind();
    }

    private Publisher<Void> answerTime(HttpServerRequest request, HttpServerResponse response) {
        return response.sendString(Mono.just("{\"serverTime\":%d}".formatted(this.clock.millis())));
    }

    private Publisher<Void> fill(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().then().thenMany(response.sendString(Mono.fromSupplier(this::executionReport)));
    }

    private String executionReport() {
        return """
                {"symbol":"BTCUSDT","orderId":1,"clientOrderId":"warmup","transactTime":%d,"price":"0","origQty":"1",
                "executedQty":"1","cummulativeQuoteQty":"1","status":"FILLED","type":"MARKET","side":"BUY",
                "fills":[{"price":"1","qty":"1","commission":"0","commissionAsset":"BTC","tradeId":1}]}"""
            .formatted(this.clock.millis());
    }

    private Mono<Void> send(DisposableServer server, int orders) {
        URI address = URI.create("http://127.0.0.1:" + server.port());
        BinanceRestClient rest = new BinanceRestClient(this.http, address, this.timeouts, new ServerClock(this.clock));
        RequestSigner signer = new RequestSigner(
                new Credentials.ApiKey(new Sensitive("warmup"), new Sensitive("warmup"), Credentials.ApiKey.Kind.HMAC));
        return Flux.range(0, orders).concatMap((_) -> place(rest, signer)).doOnNext(OrderWarmUp::requireFilled).then();
    }

    private static void requireFilled(PlaceOrderResult result) {
        if (!(result instanceof PlaceOrderResult.Filled)) {
            throw new IllegalStateException("The no-op exchange did not fill an order: " + result);
        }
    }

    private Mono<PlaceOrderResult> place(BinanceRestClient rest, RequestSigner signer) {
        SignedRestClient client = new SignedRestClient(rest, signer, Schedulers.parallel(), () -> {
        });
        SpotOrders orders = new SpotOrders(client, this.timeouts, (_) -> {
        });
        Instant now = this.clock.instant();
        SpotOrder order = new SpotOrder(UUID.randomUUID(), TradingMode.DEMO, SYMBOL, Side.BUY, BigDecimal.ONE, null,
                now, now.plus(VALIDITY));
        return orders.place(order, FILTERS, () -> true, new AtomicBoolean());
    }

}
