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
 * Simulator with a connected client, whose timeouts are short enough for tests.
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

    private volatile Duration clockOffset = Duration.ZERO;

    BinanceSimulatorExtension() {
        this(TIMEOUTS);
    }

    BinanceSimulatorExtension(BinanceTimeouts timeouts) {
        this.simulator.start(0);
        this.simulator.control("/control/life?ping_millis=1000");
        this.broker = new BinanceBroker(properties(this.simulator.port()), timeouts, BACKOFF, this::now);
    }

    static BinanceProperties properties(int port) {
        return new BinanceProperties(URI.create("http://127.0.0.1:" + port + "/api"),
                URI.create("ws://127.0.0.1:" + port + "/ws-api/v3"), URI.create("ws://127.0.0.1:" + port), false);
    }

    /** Returns the current time of the client's clock. */
    Instant now() {
        return Clock.systemUTC().instant().plus(this.clockOffset);
    }

    /**
     * Advances the client's clock, after which the client fetches the server time again.
     */
    void advanceClock(Duration time) {
        this.clockOffset = this.clockOffset.plus(time);
    }

    BinanceSimulator simulator() {
        return this.simulator;
    }

    BinanceBroker broker() {
        return this.broker;
    }

    MarketDataClient marketData() {
        return this.broker.marketDataClient();
    }

    static Credentials.ApiKey createKey(String id, String secret, Credentials.ApiKey.Kind kind) {
        return new Credentials.ApiKey(new Sensitive(id), new Sensitive(secret), kind);
    }

    /** Opens a session of a new account. */
    BrokerSession openSession() {
        return openSession(KeyKind.HMAC);
    }

    BrokerSession openSession(KeyKind kind) {
        Account account = this.simulator.open(kind);
        return requireOpen(result(this.broker
            .connect(createKey(account.key(), account.secret(), Credentials.ApiKey.Kind.valueOf(kind.name())))));
    }

    /** Opens another session of the same account, as another process would. */
    BrokerSession reopen(BrokerSession session) {
        return requireOpen(result(this.broker.connect(session.credentials())));
    }

    String keyOf(BrokerSession session) {
        if (session.credentials() instanceof Credentials.ApiKey key) {
            return key.id().reveal();
        }
        throw new AssertionError("a session without a key");
    }

    /** Creates or cancels an order as the user would do outside of Pregão. */
    void sendManually(BrokerSession session, String method, String parameters) throws Exception {
        if (!(session.credentials() instanceof Credentials.ApiKey credentials)) {
            throw new AssertionError("a session without a key");
        }
        RequestSigner signer = new RequestSigner(credentials);
        String query = signer.appendSignature(parameters + "&timestamp=" + Clock.systemUTC().millis());
        URI address = URI.create("http://127.0.0.1:" + this.simulator.port() + "/api/v3/order?" + query);
        HttpResponse<String> response = HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address)
                .timeout(REQUEST_TIMEOUT)
                .header("X-MBX-APIKEY", signer.apiKey())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.body());
        }
    }

    static BrokerSession requireOpen(LoginResult login) {
        if (login instanceof LoginResult.Open(BrokerSession session)) {
            return session;
        }
        throw new AssertionError("expected a session, not " + login);
    }

    /** Creates a market order to buy a small quantity, valid for 3 s. */
    static SpotOrder createOrder() {
        return createOrder(Side.BUY, "0.01", null, Duration.ofSeconds(3));
    }

    static SpotOrder createOrder(Side side, String quantity, @Nullable BigDecimal limit, Duration valid) {
        Instant now = Clock.systemUTC().instant();
        return new SpotOrder(UUID.randomUUID(), TradingMode.DEMO, SYMBOL, side, new BigDecimal(quantity), limit, now,
                now.plus(valid));
    }

    static Fill placeAndFill(BrokerSession session, SpotOrder order) {
        PlaceOrderResult result = result(session.place(order, () -> true));
        if (result instanceof PlaceOrderResult.Filled(Fill fill)) {
            return fill;
        }
        throw new AssertionError("expected it to be filled, not " + result);
    }

    /**
     * Returns a value of the simulator's state.
     * @param name the name of the value, such as {@code orders}
     * @return the value
     */
    long counter(String name) {
        return this.simulator.control("/control/state").path(name).asLong(-1);
    }

    static <T> T result(Mono<T> mono) {
        T value = mono.block(REQUEST_TIMEOUT);
        if (value == null) {
            throw new AssertionError("nothing came");
        }
        return value;
    }

    static <T> List<T> collect(Flux<T> flux) {
        List<T> items = new CopyOnWriteArrayList<>();
        flux.subscribe(items::add);
        return items;
    }

    static void await(String description, BooleanSupplier condition) {
        long deadline = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + description);
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
