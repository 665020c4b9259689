package pregao.session.broker.binance;

import java.net.URI;
import java.time.InstantSource;
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
import pregao.session.broker.api.SpotOrder;

/**
 * Sends orders to a no-op exchange in this process, so that the JVM has compiled the path
 * of an order before a user's first order takes it. Nothing leaves this machine, and no
 * limiter of the real exchange counts these orders.
 */
final class OrderWarmUp {

    private static final SymbolFilters FILTERS = new SymbolFilters(JsonTrees.parse("""
            {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[]}"""));

    private final HttpClient httpClient;

    private final LoopResources loopResources;

    private final BinanceTimeouts timeouts;

    private final InstantSource clock;

    OrderWarmUp(HttpClient httpClient, LoopResources loopResources, BinanceTimeouts timeouts, InstantSource clock) {
        this.httpClient = httpClient;
        this.loopResources = loopResources;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /**
     * Places orders one after another.
     * @param orders the orders
     * @return completes when all are filled
     */
    Mono<Void> run(Flux<SpotOrder> orders) {
        return Mono.usingWhen(startExchange(), (server) -> placeAll(server, orders), (server) -> {
            server.dispose();
            return server.onDispose();
        });
    }

    private Mono<? extends DisposableServer> startExchange() {
        return HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .runOn(this.loopResources)
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

    private Mono<Void> placeAll(DisposableServer server, Flux<SpotOrder> orders) {
        URI address = URI.create("http://127.0.0.1:" + server.port());
        BinanceRestClient restClient = new BinanceRestClient(this.httpClient, address, this.timeouts,
                new ServerClock(this.clock));
        RequestSigner signer = new RequestSigner(
                new Credentials.ApiKey(new Sensitive("warmup"), new Sensitive("warmup"), Credentials.ApiKey.Kind.HMAC));
        return orders.concatMap((order) -> place(order, restClient, signer))
            .doOnNext(OrderWarmUp::requireFilled)
            .then();
    }

    private static void requireFilled(PlaceOrderResult result) {
        if (!(result instanceof PlaceOrderResult.Filled)) {
            throw new IllegalStateException("The no-op exchange did not fill an order: " + result);
        }
    }

    /**
     * Places an order of an account of its own, because the rate limiter of one account
     * rejects the 51st order in ten seconds.
     */
    private Mono<PlaceOrderResult> place(SpotOrder order, BinanceRestClient restClient, RequestSigner signer) {
        SignedRestClient client = new SignedRestClient(restClient, signer, Schedulers.parallel(), () -> {
        });
        SpotOrders orders = new SpotOrders(client, this.timeouts, (_) -> {
        });
        return orders.place(order, FILTERS, () -> true, new AtomicBoolean());
    }

}
