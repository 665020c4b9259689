package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Fill;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.Sensitive;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;
import pregao.simulator.binance.Account;
import pregao.simulator.binance.BinanceSimulator;
import pregao.simulator.binance.KeyKind;
import pregao.testsupport.BlockHoundSupport;

/**
 * A client of the simulator, with times that a test can wait for.
 */
final class BinanceSimulatorExtension implements AutoCloseable {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(40);

    static final String SYMBOL = "BTCUSDT";

    static final BinanceTimeouts TIMEOUTS = new BinanceTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2),
            Duration.ofMillis(1500), Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofHours(23),
            Duration.ofMillis(300), Duration.ofSeconds(30));

    private static final ReconnectBackoff BACKOFF = new ReconnectBackoff(Duration.ofMillis(50), Duration.ofSeconds(1),
            Duration.ofMillis(50));

    private final BinanceSimulator simulator = new BinanceSimulator(7, Clock.systemUTC());

    private final BinanceBroker broker;

    private volatile Duration ahead = Duration.ZERO;

    BinanceSimulatorExtension() {
        this(TIMEOUTS);
    }

    BinanceSimulatorExtension(BinanceTimeouts timeouts) {
        this.simulator.start(0);
        this.simulator.control("/control/life?ping_millis=1000");
        this.broker = new BinanceBroker(settings(this.simulator.port()), timeouts, BACKOFF, this::now);
    }

    static BinanceProperties settings(int port) {
        return new BinanceProperties(URI.create("http://127.0.0.1:" + port + "/api"),
                URI.create("ws://127.0.0.1:" + port + "/ws-api/v3"), URI.create("ws://127.0.0.1:" + port), false);
    }

    /** The time of the client. */
    Instant now() {
        return Clock.systemUTC().instant().plus(this.ahead);
    }

    /** Lets time pass for the client, which then asks the broker for the time again. */
    void pass(Duration time) {
        this.ahead = this.ahead.plus(time);
    }

    BinanceSimulator simulator() {
        return this.simulator;
    }

    BinanceBroker broker() {
        return this.broker;
    }

    MarketDataClient market() {
        return this.broker.marketDataClient();
    }

    static Credentials.ApiKey key(String id, String secret, Credentials.ApiKey.Kind kind) {
        return new Credentials.ApiKey(new Sensitive(id), new Sensitive(secret), kind);
    }

    /** A session of an account of its own. */
    BrokerSession session() {
        return session(KeyKind.HMAC);
    }

    BrokerSession session(KeyKind kind) {
        Account account = this.simulator.open(kind);
        return opened(result(this.broker
            .connect(key(account.key(), account.secret(), Credentials.ApiKey.Kind.valueOf(kind.name())))));
    }

    /** Another session of the same account, as another process would open it. */
    BrokerSession again(BrokerSession session) {
        return opened(result(this.broker.connect(session.credentials())));
    }

    String keyOf(BrokerSession session) {
        if (session.credentials() instanceof Credentials.ApiKey key) {
            return key.id().reveal();
        }
        throw new AssertionError("a session without a key");
    }

    /** Makes or ends an order as its user would elsewhere. */
    void byHand(BrokerSession session, String method, String parameters) throws Exception {
        if (!(session.credentials() instanceof Credentials.ApiKey credentials)) {
            throw new AssertionError("a session without a key");
        }
        RequestSigner key = new RequestSigner(credentials);
        String query = key.appendSignature(parameters + "&timestamp=" + Clock.systemUTC().millis());
        URI address = URI.create("http://127.0.0.1:" + this.simulator.port() + "/api/v3/order?" + query);
        HttpResponse<String> response = HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address)
                .timeout(REQUEST_TIMEOUT)
                .header("X-MBX-APIKEY", key.apiKey())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.body());
        }
    }

    static BrokerSession opened(LoginResult login) {
        if (login instanceof LoginResult.Open(BrokerSession session)) {
            return session;
        }
        throw new AssertionError("expected a session, not " + login);
    }

    /** Buys a little for the price of the market, valid for three seconds. */
    static SpotOrder order() {
        return order(Side.BUY, "0.01", null, Duration.ofSeconds(3));
    }

    static SpotOrder order(Side side, String quantity, @Nullable BigDecimal limit, Duration valid) {
        Instant now = Clock.systemUTC().instant();
        return new SpotOrder(UUID.randomUUID(), TradingMode.DEMO, SYMBOL, side, new BigDecimal(quantity), limit, now,
                now.plus(valid));
    }

    static Fill filled(BrokerSession session, SpotOrder order) {
        PlaceOrderResult placement = result(session.place(order, () -> true));
        if (placement instanceof PlaceOrderResult.Filled(Fill fill)) {
            return fill;
        }
        throw new AssertionError("expected it to be filled, not " + placement);
    }

    /**
     * What the simulator says of itself.
     * @param name such as {@code orders}
     * @return a number
     */
    long state(String name) {
        return this.simulator.control("/control/state").path(name).asLong(-1);
    }

    static <T> T result(Mono<T> mono) {
        T value = mono.block(REQUEST_TIMEOUT);
        if (value == null) {
            throw new AssertionError("nothing came");
        }
        return value;
    }

    static <T> List<T> watched(Flux<T> flux) {
        List<T> seen = new CopyOnWriteArrayList<>();
        flux.subscribe(seen::add);
        return seen;
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                Thread.sleep(20);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", ex);
            }
        }
    }

    @Override
    public void close() {
        this.broker.close();
        this.simulator.close();
    }

}
