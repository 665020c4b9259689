package pregao.simulator.binance;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Json;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BinanceSimulator}, over the wire.
 */
class BinanceSimulatorTests {

    private static final String MARKET = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01";

    private static final String RESTING = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=50000";

    private final BinanceSimulator simulator = new BinanceSimulator(7, Clock.systemUTC());

    private Account trader;

    @BeforeEach
    void start() {
        this.simulator.start(0);
        this.trader = this.simulator.open(KeyKind.HMAC);
    }

    @AfterEach
    void close() {
        this.simulator.close();
    }

    @Test
    void givesCandlesThatFollowEachOtherAndAgreeAcrossIntervals() throws Exception {
        JsonNode minutes = get("klines?symbol=BTCUSDT&interval=1m&startTime=1700000040000&limit=1000");
        assertThat(minutes.size()).isEqualTo(1000);
        assertThat(minutes.path(0).size()).isEqualTo(12);
        for (int at = 1; at < minutes.size(); at++) {
            assertThat(minutes.path(at).path(0).asLong(0)).isEqualTo(minutes.path(at - 1).path(6).asLong(0) + 1);
        }
        JsonNode five = get("klines?symbol=BTCUSDT&interval=5m&startTime=1700000100000&limit=1").path(0);
        assertThat(five.path(1)).isEqualTo(minutes.path(1).path(1));
        assertThat(five.path(4)).isEqualTo(minutes.path(5).path(4));
        BigDecimal volume = BigDecimal.ZERO;
        for (int at = 1; at <= 5; at++) {
            volume = volume.add(new BigDecimal(minutes.path(at).path(5).asString("")));
        }
        assertThat(five.path(5).asString("")).isEqualTo(volume.toPlainString()).matches("\\d+\\.\\d{8}");
        assertThat(get("klines?symbol=BTCUSDT&interval=7m").path("code").asInt(0)).isEqualTo(-1120);
        assertThat(get("klines?symbol=NOSUCH&interval=1m").path("code").asInt(0)).isEqualTo(-1121);
        assertThat(get("klines?interval=1m").path("code").asInt(0)).isEqualTo(-1102);
    }

    @Test
    void saysWhatIsTradedAtWhatPrice() throws Exception {
        assertThat(get("ping").isEmpty()).isTrue();
        assertThat(get("exchangeInfo").path("symbols").size()).isEqualTo(6);
        JsonNode one = get("exchangeInfo?symbol=ETHUSDT").path("symbols");
        assertThat(one.path(0).path("filters").size()).isEqualTo(8);
        JsonNode two = get("exchangeInfo?symbols=%5B%22BTCUSDT%22,%22POLUSDT%22%5D").path("symbols");
        assertThat(two.values()).map((pair) -> pair.path("symbol").asString("")).containsExactly("BTCUSDT", "POLUSDT");
        assertThat(get("ticker/price?symbol=ETHUSDT").path("price").asString("")).matches("\\d+\\.\\d{8}");
        assertThat(get("ticker/price").size()).isEqualTo(6);
    }

    @Test
    void believesOnlyWhatIsSignedAtItsTime() throws Exception {
        for (KeyKind kind : KeyKind.values()) {
            Account account = this.simulator.open(kind);
            assertThat(signed(account, "GET", "account", "").path("balances").size()).isEqualTo(4);
            assertThat(signed(account, "POST", "order", MARKET).path("status").asString("")).isEqualTo("FILLED");
        }
        assertThat(code(RawClient.send(this.simulator.port(), "GET", "/api/v3/account?timestamp=1", "x", "")))
            .isEqualTo(-2014);
        assertThat(
                code(RawClient.send(this.simulator.port(), "GET", "/api/v3/account?timestamp=1", "x".repeat(64), "")))
            .isEqualTo(-2015);
        String forged = "timestamp=" + millis() + "&signature=00";
        assertThat(
                code(RawClient.send(this.simulator.port(), "GET", "/api/v3/account?" + forged, this.trader.key(), "")))
            .isEqualTo(-1022);
        this.simulator.control("/control/clock?millis=60000");
        assertThat(signed("GET", "account", "").path("msg").asString("")).contains("outside of the recvWindow");
        this.simulator.control("/control/clock?millis=-120000");
        assertThat(signed("GET", "account", "").path("msg").asString("")).contains("1000ms ahead");
    }

    @Test
    void takesTheSameNameTwiceOnceTheFirstIsFilled() throws Exception {
        String named = MARKET + "&newClientOrderId=mine";
        JsonNode first = signed("POST", "order", named);
        assertThat(first.path("status").asString("")).isEqualTo("FILLED");
        assertThat(signed("POST", "order", named).path("orderId").asLong(0))
            .isEqualTo(first.path("orderId").asLong(0) + 1);
        String resting = RESTING + "&newClientOrderId=other";
        assertThat(signed("POST", "order", resting).path("status").asString("")).isEqualTo("NEW");
        assertThat(signed("POST", "order", resting).path("msg").asString("")).isEqualTo("Duplicate order sent.");
    }

    @Test
    void fillsTakesBackAndTellsOrders() throws Exception {
        JsonNode filled = signed("POST", "order", MARKET);
        assertThat(filled.path("fills").path(0).path("commissionAsset").asString("")).isEqualTo("BTC");
        long id = filled.path("orderId").asLong(0);
        JsonNode jsonNode = signed("GET", "order", "symbol=BTCUSDT&orderId=" + id);
        assertThat(jsonNode.path("cummulativeQuoteQty")).isEqualTo(filled.path("cummulativeQuoteQty"));
        assertThat(signed("GET", "myTrades", "symbol=BTCUSDT&orderId=" + id).path(0).path("isBuyer").asBoolean(false))
            .isTrue();
        signed("POST", "order", RESTING + "&newClientOrderId=rest");
        assertThat(signed("GET", "openOrders", "").size()).isEqualTo(1);
        assertThat(signed("DELETE", "order", "symbol=BTCUSDT&origClientOrderId=rest").path("status").asString(""))
            .isEqualTo("CANCELED");
        assertThat(code(signed("DELETE", "order", "symbol=BTCUSDT&origClientOrderId=rest"))).isEqualTo(-2011);
        assertThat(signed("GET", "allOrders", "symbol=BTCUSDT").size()).isEqualTo(2);
        assertThat(signed("POST", "order/test", MARKET).isEmpty()).isTrue();
        this.simulator.control("/control/reset");
        assertThat(code(signed("GET", "order", "symbol=BTCUSDT&orderId=" + id))).isEqualTo(-2013);
    }

    @Test
    void refusesWhatTheBrokerRefuses() throws Exception {
        assertThat(signed("POST", "order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.0000101").path("msg")
            .asString("")).isEqualTo("Filter failure: LOT_SIZE");
        assertThat(signed("POST", "order", RESTING.replace("50000", "50000.001")).path("msg").asString(""))
            .isEqualTo("Filter failure: PRICE_FILTER");
        assertThat(signed("POST", "order", RESTING.replace("0.01", "0.00002")).path("msg").asString(""))
            .isEqualTo("Filter failure: NOTIONAL");
        assertThat(code(signed("POST", "order", MARKET.replace("0.01", "1e-2")))).isEqualTo(-1100);
        assertThat(code(signed("POST", "order", MARKET.replace("0.01", "0.0100000001")))).isEqualTo(-1111);
        assertThat(code(signed("POST", "order", "symbol=BTCUSDT&side=BUY&type=MARKET"))).isEqualTo(-1102);
        assertThat(signed("POST", "order", MARKET.replace("BUY", "SELL").replace("0.01", "5")).path("msg").asString(""))
            .contains("insufficient balance");
        assertThat(state("orders")).isZero();
    }

    /** Its clock stands still: a minute that ends forgets the weight. */
    @Test
    void countsWeightAndBansWhoDoesNotListen() throws Exception {
        try (BinanceSimulator still = new BinanceSimulator(7,
                Clock.fixed(Instant.parse("2026-11-30T12:00:30Z"), ZoneOffset.UTC))) {
            still.start(0);
            HttpResponse<String> first = raw(still, "exchangeInfo");
            assertThat(first.headers().firstValue("X-MBX-USED-WEIGHT-1M")).hasValue("20");
            still.control("/control/weight?most=21");
            raw(still, "ping");
            HttpResponse<String> much = raw(still, "ping");
            assertThat(much.statusCode()).isEqualTo(429);
            assertThat(much.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
            assertThat(raw(still, "ping").statusCode()).isEqualTo(429);
            assertThat(raw(still, "ping").statusCode()).isEqualTo(429);
            HttpResponse<String> banned = raw(still, "ping");
            assertThat(banned.statusCode()).isEqualTo(418);
            assertThat(banned.body()).contains("IP banned until");
        }
    }

    @Test
    void streamsWhatIsSubscribedTo() throws Exception {
        try (RawClient client = new RawClient(this.simulator.port(), "/stream?streams=btcusdt@trade")) {
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@kline_1s\",\"ethusdt@bookTicker\"],\"id\":1}");
            assertThat(client.reply(1).path("result").isNull()).isTrue();
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
            assertThat(client.reply(2).path("result").size()).isEqualTo(3);
            JsonNode trade = client.await("a trade", (frame) -> stream(frame, "btcusdt@trade")).path("data");
            JsonNode kline = client.await("the candle of it",
                    (frame) -> stream(frame, "btcusdt@kline_1s") && kline(frame).path("x").asBoolean(false)
                            && kline(frame).path("t").asLong(0) >= trade.path("T").asLong(0));
            assertThat(kline(kline).path("o").asString("")).matches("\\d+\\.\\d{8}");
            client.await("best prices", (frame) -> stream(frame, "ethusdt@bookTicker"));
            client.send("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"ethusdt@bookTicker\"],\"id\":3}");
            client.reply(3);
            assertThat(state("streams")).isEqualTo(2);
        }
        try (RawClient raw = new RawClient(this.simulator.port(), "/ws/btcusdt@aggTrade")) {
            raw.await("an event that is not wrapped", (frame) -> frame.path("e").asString("").equals("aggTrade"));
        }
    }

    @Test
    void cutsOffWhoTalksTooMuchAndEachConnectionAtTheEndOfItsDay() throws Exception {
        try (RawClient client = new RawClient(this.simulator.port(), "/ws")) {
            int sent = 0;
            while (sent < 12 && client.trySend("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":%d}".formatted(sent))) {
                sent++;
            }
            client.awaitClosed();
            assertThat(sent).as("more than five a second").isGreaterThan(5);
            assertThat(state("talkative")).isPositive();
        }
        this.simulator.control("/control/life?millis=2500");
        try (RawClient client = new RawClient(this.simulator.port(), "/stream")) {
            client.awaitClosed();
        }
    }

    @Test
    void pingsAndCutsOffWhoDoesNotAnswer() {
        this.simulator.control("/control/life?ping_millis=1000");
        WebsocketClientSpec silent = WebsocketClientSpec.builder().handlePing(true).build();
        List<String> pings = HttpClient.create()
            .websocket(silent)
            .uri("ws://127.0.0.1:" + this.simulator.port() + "/ws")
            .handle((in, out) -> in.receiveFrames()
                .ofType(PingWebSocketFrame.class)
                .map((ping) -> ping.content().toString(StandardCharsets.US_ASCII)))
            .collectList()
            .blockOptional(Duration.ofSeconds(30))
            .orElseThrow();
        assertThat(pings).isNotEmpty().allMatch((ping) -> ping.matches("\\d{13}"));
    }

    @Test
    void tellsUsersWhatHappensToThem() throws Exception {
        try (RawClient client = new RawClient(this.simulator.port(), "/ws-api/v3")) {
            client.send(call(1, "userDataStream.subscribe.signature", this.trader, ""));
            assertThat(client.reply(1).path("result").path("subscriptionId").asInt(-1)).isZero();
            client.send(call(2, "order.place", this.trader, "quantity=0.01&side=SELL&symbol=BTCUSDT&type=MARKET"));
            List<String> kinds = new ArrayList<>();
            client.await("the balances", (frame) -> {
                kinds.add(frame.path("event").path("x").asString(""));
                return frame.path("event").path("e").asString("").equals("outboundAccountPosition");
            });
            assertThat(kinds).startsWith("NEW", "TRADE");
            assertThat(client.reply(2).path("result").path("status").asString("")).isEqualTo("FILLED");
            client.send("{\"id\":3,\"method\":\"userDataStream.subscribe\"}");
            assertThat(client.reply(3).path("status").asInt(0)).as("nobody is logged on").isEqualTo(401);
            client.send("{\"id\":4,\"method\":\"userDataStream.start\"}");
            assertThat(client.reply(4).path("status").asInt(0)).as("gone for good").isEqualTo(400);
            this.simulator.control("/control/revoke/" + this.trader.key());
            assertThat(client.await("the revocation", (frame) -> frame.path("status").asInt(0) == 401)
                .path("error")
                .path("code")
                .asInt(0)).isEqualTo(-2015);
        }
    }

    @Test
    void letsEd25519KeysLogOn() throws Exception {
        Account account = this.simulator.open(KeyKind.ED25519);
        try (RawClient client = new RawClient(this.simulator.port(), "/ws-api/v3")) {
            client.send(call(1, "session.logon", this.trader, ""));
            assertThat(client.reply(1).path("status").asInt(0)).as("not with HMAC").isEqualTo(400);
            client.send(call(2, "session.logon", account, ""));
            assertThat(client.reply(2).path("result").path("apiKey").asString("")).isEqualTo(account.key());
            client.send("{\"id\":3,\"method\":\"session.status\"}");
            assertThat(client.reply(3).path("result").path("apiKey").asString("")).isEqualTo(account.key());
            client.send("{\"id\":4,\"method\":\"userDataStream.subscribe\"}");
            assertThat(client.reply(4).path("status").asInt(0)).isEqualTo(200);
        }
    }

    @Test
    void isSteeredOverHttpToo() throws Exception {
        int port = this.simulator.port();
        assertThat(RawClient.send(port, "POST", "/control/faults/partial_fill?number=50", "", "").statusCode())
            .isEqualTo(200);
        assertThat(signed("POST", "order", MARKET).path("executedQty").asString("")).isEqualTo("0.00500000");
        assertThat(RawClient.send(port, "POST", "/control/faults/no_such", "", "").statusCode()).isEqualTo(400);
        assertThat(RawClient.send(port, "POST", "/control/halt/BTCUSDT", "", "").statusCode()).isEqualTo(200);
        assertThat(signed("POST", "order", MARKET).path("msg").asString("")).isEqualTo("Market is closed.");
    }

    private static boolean stream(JsonNode frame, String name) {
        return frame.path("stream").asString("").equals(name);
    }

    @Test
    void tellsOutsidersWhatWasOrderedAndWhatIsLeft() throws Exception {
        signed("POST", "order", MARKET + "&newClientOrderId=mine");
        signed("POST", "order", RESTING);
        JsonNode orders = this.simulator.control("/control/orders").path("items");
        assertThat(orders.size()).isEqualTo(2);
        assertThat(orders.path(0).path("clientOrderId").asString("")).isEqualTo("mine");
        assertThat(orders.path(0).path("symbol").asString("")).isEqualTo("BTCUSDT");
        assertThat(orders.path(0).path("side").asString("")).isEqualTo("BUY");
        assertThat(orders.path(0).path("executedQty").asString("")).isEqualTo("0.01000000");
        assertThat(orders.path(0).path("status").asString("")).isEqualTo("FILLED");
        assertThat(orders.path(1).path("status").asString("")).isEqualTo("NEW");
        JsonNode account = this.simulator.control("/control/accounts").path("items").path(0);
        assertThat(account.path("key").asString("")).isEqualTo(this.trader.key());
        assertThat(account.path("secret").asString("")).isEqualTo(this.trader.secret());
        for (JsonNode balance : account.path("balances").values()) {
            if (balance.path("asset").asString("").equals("BTC")) {
                assertThat(balance.path("free").asString("")).isEqualTo("1.00999000");
            }
        }
    }

    private static JsonNode kline(JsonNode frame) {
        return frame.path("data").path("k");
    }

    private long state(String name) {
        return this.simulator.control("/control/state").path(name).asLong(-1);
    }

    private long millis() {
        return Clock.systemUTC().millis();
    }

    private HttpResponse<String> raw(String path) throws Exception {
        return raw(this.simulator, path);
    }

    private static HttpResponse<String> raw(BinanceSimulator simulator, String path) throws Exception {
        return RawClient.send(simulator.port(), "GET", "/api/v3/" + path, "", "");
    }

    private JsonNode get(String path) throws Exception {
        return Json.read(raw(path).body());
    }

    private static int code(HttpResponse<String> response) {
        return code(Json.read(response.body()));
    }

    private static int code(JsonNode answer) {
        return answer.path("code").asInt(0);
    }

    private JsonNode signed(String method, String path, String parameters) throws Exception {
        return signed(this.trader, method, path, parameters);
    }

    private JsonNode signed(Account account, String method, String path, String parameters) throws Exception {
        String payload = (parameters.isEmpty() ? "" : parameters + "&") + "timestamp=" + millis();
        String all = payload + "&signature="
                + URLEncoder.encode(RawClient.signature(account, payload), StandardCharsets.UTF_8);
        boolean inBody = method.equals("POST");
        return Json.read(
                RawClient
                    .send(this.simulator.port(), method, "/api/v3/" + path + (inBody ? "" : "?" + all), account.key(),
                            inBody ? all : "")
                    .body());
    }

    /**
     * A request of the WebSocket; parameters between apiKey and timestamp in the
     * alphabet.
     */
    private String call(int id, String method, Account account, String parameters) throws Exception {
        String between = parameters.replaceAll("&type=.*", "");
        String type = parameters.contains("&type=") ? "&type=MARKET" : "";
        String payload = "apiKey=" + account.key() + (between.isEmpty() ? "" : "&" + between) + "&timestamp=" + millis()
                + type;
        StringBuilder json = new StringBuilder();
        for (String pair : payload.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            json.append('"').append(parts[0]).append("\":\"").append(parts[1]).append("\",");
        }
        return "{\"id\":%d,\"method\":\"%s\",\"params\":{%s\"signature\":\"%s\"}}".formatted(id, method, json,
                RawClient.signature(account, payload));
    }

}
