package pregao.simulator.polarium;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Json;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PolariumSimulator}, by frames.
 */
class PolariumSimulatorTests {

    private static final String LOGIN = "{\"identifier\":\"%s\",\"password\":\"%s\",\"token\":\"%s\"}";

    private final PolariumSimulator simulator = new PolariumSimulator(7, Clock.systemUTC());

    private Account trader = this.simulator.open("a@b", "pw", AccountKind.PLAIN);

    @BeforeEach
    void start() {
        this.simulator.start(0);
    }

    @AfterEach
    void close() {
        this.simulator.close();
    }

    @Test
    void letsInByPasswordInBothLayouts() throws Exception {
        for (String path : List.of("/v2/login", "/api/v2/login")) {
            var answer = RawClient.post(this.simulator.port(), path, LOGIN.formatted("a@b", "pw", ""));
            assertThat(answer.statusCode()).isEqualTo(200);
            String ssid = Json.read(answer.body()).path("ssid").asString("");
            assertThat(answer.headers().firstValue("set-cookie"))
                .hasValueSatisfying((cookie) -> assertThat(cookie).startsWith("ssid=" + ssid).contains("HTTPOnly"));
        }
        assertThat(login("a@b", "no", "").path("code").asString("")).isEqualTo("invalid_credentials");
    }

    @Test
    void wantsTheCodeOfWhoeverHasTwoFactors() throws Exception {
        this.simulator.open("2@b", "pw", AccountKind.TWO_FACTOR);
        String wanted = login("2@b", "pw", "").path("token").asString("");
        String sent = verify("{\"method\":\"sms\",\"token\":\"%s\"}".formatted(wanted)).path("token").asString("");
        assertThat(verify("{\"code\":\"000000\",\"token\":\"%s\"}".formatted(sent)).path("code").asString(""))
            .isEqualTo("invalid_code");
        String given = verify("{\"code\":\"246810\",\"token\":\"%s\"}".formatted(sent)).path("token").asString("");
        assertThat(login("2@b", "pw", given).path("code").asString("")).isEqualTo("success");
        assertThat(login("2@b", "pw", given).path("code").asString("")).as("a token is good once").isEqualTo("verify");
    }

    @Test
    void saysNoAsTheBrokerDoes() throws Exception {
        this.simulator.open("busy@b", "pw", AccountKind.RATE_LIMITED);
        this.simulator.open("away@b", "pw", AccountKind.FORBIDDEN);
        assertThat(login("busy@b", "pw", "").path("ttl").asInt(0)).isEqualTo(600);
        assertThat(RawClient.post(this.simulator.port(), "/v2/login", LOGIN.formatted("away@b", "pw", "")).statusCode())
            .isEqualTo(403);
    }

    @Test
    void givesAndRefreshesAccessTokensAgainstTheProof() throws Exception {
        String path = "/control/authorize?email=a@b&code_challenge=" + Logins.challenge("verifier");
        String code = this.simulator.control(path).path("code").asString("");
        String form = "{\"grant_type\":\"authorization_code\",\"code\":\"%s\",\"code_verifier\":\"%s\"}";
        assertThat(token(form.formatted(code, "wrong")).path("code").asString("")).isEqualTo("invalid_grant");
        JsonNode first = token(form.formatted(code, "verifier"));
        RawClient.letIn(this.simulator.port(), first.path("access_token").asString("")).close();
        String refresh = "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"%s\"}"
            .formatted(first.path("refresh_token").asString(""));
        assertThat(token(refresh).path("access_token").asString("")).isNotEmpty();
        assertThat(token(refresh).path("code").asString("")).as("good once").isEqualTo("invalid_grant");
    }

    @Test
    void refusesAForeignSessionAndHangsUp() throws Exception {
        try (RawClient client = new RawClient(this.simulator.port())) {
            client.call("get-candles", "2.0", "{}");
            client.send("authenticate", "{\"ssid\":\"nobody\"}");
            JsonNode no = client.await("a no", (frame) -> true);
            assertThat(no.path("msg").asBoolean(true)).isFalse();
            assertThat(no.has("request_id")).isFalse();
            client.awaitClosed();
        }
    }

    @Test
    void speaksToOlderClientsAsTheyExpectIt() throws Exception {
        String ssid = login("a@b", "pw", "").path("ssid").asString("");
        try (RawClient client = new RawClient(this.simulator.port())) {
            client.send("ssid", '"' + ssid + '"');
            assertThat(client.event("profile").path("user_id").asLong(0)).isEqualTo(this.trader.userId());
            client.call("get-balances", "1.0", "{}");
            JsonNode first = client.await("a reply", (frame) -> frame.has("request_id"));
            assertThat(first.path("name").asString("")).as("not acknowledged unless wished for").isEqualTo("balances");
        }
        try (RawClient client = new RawClient(this.simulator.port())) {
            client.send("ssid", "\"nobody\"");
            assertThat(client.event("profile").asBoolean(true)).isFalse();
            client.awaitClosed();
        }
    }

    @Test
    void answersWhatClientsAskAboutOtherThings() throws Exception {
        try (RawClient client = in()) {
            for (String call : List.of("portfolio.get-orders 2.0", "digital-option-instruments.get-underlying-list 3.0",
                    "get-top-assets 3.0", "digital-option-instruments.get-instruments 3.0",
                    "marginal-forex-instruments.get-underlying-list 1.0", "get-currency 5.0",
                    "digital-options.place-digital-option 3.0")) {
                String[] name = call.split(" ", 2);
                JsonNode answer = client
                    .reply(client.call(name[0], name[1], "{\"instrument_type\":\"digital-option\"}"));
                assertThat(answer.path("status").asInt(0)).as(call).isEqualTo(2000);
            }
            JsonNode active = client.reply(client.call("get-active", "5.0", "{\"id\":76}")).path("msg");
            assertThat(active.path("ticker").asString("")).isEqualTo("EURUSD-OTC");
            JsonNode unknown = client.reply(client.call("get-active", "5.0", "{\"id\":1}"));
            assertThat(unknown.path("status").asInt(0)).isGreaterThanOrEqualTo(4000);
            JsonNode profile = client.reply(client.call("core.get-profile", "1.0", "{}")).path("msg").path("result");
            assertThat(profile.path("balances").size()).isEqualTo(2);
        }
    }

    @Test
    void buysBackWhatCanBeSoldBeforeItsEnd() throws Exception {
        try (RawClient client = in()) {
            client.send("subscribeMessage", "{\"name\":\"portfolio.position-changed\",\"version\":\"3.0\"}");
            client.send("subscribeMessage", "{\"name\":\"portfolio.positions-state\",\"version\":\"1.0\"}");
            long quarter = (Clock.systemUTC().millis() / 1000 / 900 + 2) * 900;
            JsonNode bought = client.reply(client.call("binary-options.open-option", "2.0", """
                    {"user_balance_id":%d,"active_id":76,"option_type_id":1,"direction":"call","expired":%d,
                     "price":10,"profit_percent":87}""".formatted(this.trader.demoWallet(), quarter)));
            String position = client.event("position-changed").path("id").asString("");
            client.call("portfolio.subscribe-positions", "1.0",
                    "{\"frequency\":\"frequent\",\"ids\":[\"%s\"]}".formatted(position));
            assertThat(client.event("positions-state").path("positions").path(0).path("id").asString(""))
                .isEqualTo(position);
            String sell = "{\"options_ids\":[%d]}".formatted(bought.path("msg").path("id").asLong(0));
            client.call("binary-options.sell-options", "3.0", sell);
            JsonNode closed = client.event("position-changed");
            assertThat(closed.path("close_reason").asString("")).isEqualTo("sold");
            assertThat(closed.path("pnl").decimalValue()).isEqualByComparingTo("-5");
            JsonNode again = client.reply(client.call("binary-options.sell-options", "3.0", sell));
            assertThat(again.path("msg").path("message").asString("")).isEqualTo("Unable to sell options");
        }
    }

    @Test
    void answersTheHttpCallsOfTheSite() throws Exception {
        int port = this.simulator.port();
        assertThat(RawClient.get(port, "/api/lang/route-translations", "").statusCode()).isEqualTo(200);
        assertThat(RawClient.get(port, "/api/getprofile", "").statusCode()).isEqualTo(401);
        String cookie = "ssid=" + login("a@b", "pw", "").path("ssid").asString("");
        JsonNode profile = Json.read(RawClient.get(port, "/api/getprofile", cookie).body());
        assertThat(profile.path("result").path("user_id").asLong(0)).isEqualTo(this.trader.userId());
        String back = "/auth/oauth.v5/authorize?response_type=code&client_id=1&state=s1&redirect_uri=http%3A%2F%2Fhere%2Fback"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
        String location = RawClient.get(port, back, cookie).headers().firstValue("location").orElse("");
        assertThat(location).startsWith("http://here/back?code=").endsWith("&state=s1");
        String code = location.substring(location.indexOf("code=") + 5, location.indexOf('&'));
        assertThat(token("""
                {"grant_type":"authorization_code","code":"%s","client_id":1,
                 "code_verifier":"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}""".formatted(code)).path("access_token")
            .asString("")).isNotEmpty();
    }

    @Test
    void endsASessionAtLogout() throws Exception {
        String ssid = login("a@b", "pw", "").path("ssid").asString("");
        RawClient.letIn(this.simulator.port(), ssid).close();
        this.simulator.control("/control/logout");
        try (RawClient client = new RawClient(this.simulator.port())) {
            client.send("authenticate", "{\"ssid\":\"%s\"}".formatted(ssid));
            client.awaitClosed();
        }
    }

    @Test
    void givesCandlesThatFollowEachOtherAndAgreeAcrossSizes() throws Exception {
        try (RawClient client = in()) {
            JsonNode minutes = candles(client, "\"size\":60,\"to\":1700000999,\"count\":1000");
            assertThat(minutes.size()).isEqualTo(1000);
            for (int at = 1; at < minutes.size(); at++) {
                assertThat(minutes.path(at).path("id").asLong(0))
                    .isEqualTo(minutes.path(at - 1).path("id").asLong(0) + 1);
                assertThat(minutes.path(at).path("from").asLong(0))
                    .isEqualTo(minutes.path(at - 1).path("to").asLong(0));
            }
            JsonNode five = candles(client, "\"size\":300,\"to\":1700000999,\"count\":1").path(0);
            JsonNode parts = candles(client, "\"size\":60,\"from\":%d,\"to\":%d".formatted(five.path("from").asLong(0),
                    five.path("from").asLong(0) + 299));
            List<Double> highs = new ArrayList<>();
            parts.forEach((part) -> highs.add(part.path("max").asDouble(0)));
            assertThat(highs).hasSize(5).contains(five.path("max").asDouble(0));
            assertThat(parts.path(0).path("open")).isEqualTo(five.path("open"));
            assertThat(candles(client, "\"size\":60,\"to\":1700000999,\"count\":1000")).isEqualTo(minutes);
        }
    }

    @Test
    void givesTheFirstCandlesFromAMomentOn() throws Exception {
        try (RawClient client = in()) {
            JsonNode jsonNode = candles(client, "\"size\":60,\"from\":1700000041,\"to\":1700000999,\"count\":3");
            List<Long> times = new ArrayList<>();
            jsonNode.forEach((candle) -> times.add(candle.path("from").asLong(0)));
            assertThat(times).containsExactly(1_700_000_100L, 1_700_000_160L, 1_700_000_220L);
            JsonNode exact = candles(client, "\"size\":60,\"from\":1700000100,\"to\":1700000160");
            assertThat(exact.size()).isEqualTo(2);
            JsonNode last = candles(client, "\"size\":60,\"to\":1700000160,\"count\":1");
            assertThat(last.path(0)).isEqualTo(exact.path(1));
        }
    }

    @Test
    void refusesWhatTheBrokerRefuses() throws Exception {
        try (RawClient client = in()) {
            String tooMany = client.call("get-candles", "2.0", "{\"active_id\":76,\"size\":60,\"count\":1001}");
            assertThat(client.reply(tooMany).path("status").asInt(0)).isEqualTo(4220);
            String future = client.call("get-candles", "2.0", "{\"active_id\":76,\"size\":60,\"from\":9900000000}");
            assertThat(client.reply(future).path("msg").path("from").path(0).asString("")).contains("future");
            String unknown = client.call("make-coffee", "1.0", "{}");
            assertThat(client.reply(unknown).path("status").asInt(0)).isGreaterThanOrEqualTo(4000);
        }
    }

    @Test
    void countsNoCandlesWhileTheMarketIsClosedAndHidesThoseInAHole() throws Exception {
        this.simulator.control("/control/assets/76?closed_from=1700000100&closed_to=1700000400");
        this.simulator.control("/control/assets/76?hidden_from=1700000460&hidden_to=1700000580");
        try (RawClient client = in()) {
            JsonNode jsonNode = candles(client, "\"size\":60,\"from\":1700000040,\"to\":1700000640");
            List<Long> ids = new ArrayList<>();
            List<Long> times = new ArrayList<>();
            jsonNode.forEach((candle) -> ids.add(candle.path("id").asLong(0) - jsonNode.path(0).path("id").asLong(0)));
            jsonNode.forEach((candle) -> times.add(candle.path("from").asLong(0) - 1_700_000_040));
            assertThat(times).containsExactly(0L, 360L, 540L, 600L);
            assertThat(ids).containsExactly(0L, 1L, 4L, 5L);
            long first = jsonNode.path(1).path("id").asLong(0);
            JsonNode filled = candles(client, "\"size\":60,\"from_id\":%d,\"to_id\":%d".formatted(first, first + 3));
            assertThat(filled.size()).isEqualTo(4);
        }
    }

    @Test
    void streamsCandlesAndTheTime() throws Exception {
        try (RawClient client = in()) {
            client.send("subscribeMessage",
                    "{\"name\":\"candle-generated\",\"version\":\"1.0\",\"params\":{\"routingFilters\":{\"active_id\":76,\"size\":60}}}");
            assertThat(client.event("candle-generated").path("phase").asString("")).isEqualTo("T");
            client.await("the time", (frame) -> frame.path("name").asString("").equals("timeSync"));
        }
    }

    @Test
    void sellsAnOptionAndSettlesItAtTheQuoteOfItsEnd() throws Exception {
        try (RawClient client = in()) {
            client.send("subscribeMessage", "{\"name\":\"portfolio.position-changed\",\"version\":\"3.0\"}");
            client.send("subscribeMessage", "{\"name\":\"balances.balance-changed\",\"version\":\"1.0\"}");
            JsonNode bought = client.reply(client.call("binary-options.open-option", "2.0", order("10", 87)));
            assertThat(bought.path("status").asInt(0)).isEqualTo(2000);
            assertThat(bought.path("msg").path("time_rate").asLong(0))
                .isEqualTo(bought.path("msg").path("created").asLong(-1));
            JsonNode open = client.event("position-changed");
            assertThat(open.path("status").asString("")).isEqualTo("open");
            assertThat(open.path("raw_event").path("binary_options_option_changed1").path("order_ids").path(0))
                .isEqualTo(bought.path("msg").path("id"));
            JsonNode closed = client.event("position-changed");
            for (String field : List.of("pnl", "pnl_realized", "pnl_net", "sell_profit", "quote_timestamp")) {
                assertThat(open.path(field).isNumber() && closed.path(field).isNumber()).as(field).isTrue();
            }
            assertThat(closed.path("pnl_realized")).isEqualTo(closed.path("pnl"));
            JsonNode history = client.reply(client.call("portfolio.get-history-positions", "2.0", "{\"limit\":1}"));
            assertThat(history.path("msg").path("total").asInt(0)).isOne();
            assertThat(closed.path("external_id")).isEqualTo(bought.path("msg").path("id"));
            assertThat(closed.path("version").asInt(0)).isEqualTo(2);
            double move = closed.path("close_quote").asDouble(0) - closed.path("open_quote").asDouble(0);
            String reason = (move > 0) ? "win" : (move < 0) ? "loose" : "equal";
            assertThat(closed.path("close_reason").asString("")).isEqualTo(reason);
            double back = (move > 0) ? 18.7 : (move < 0) ? 0 : 10;
            JsonNode wallets = client.reply(client.call("get-balances", "1.0", "{}")).path("msg");
            assertThat(wallets.path(1).path("amount").asDouble(0)).isEqualTo(9990 + back);
        }
    }

    @Test
    void usesNoNumberAndNoTokenTwiceOverItsStarts() throws Exception {
        Instant first = Instant.parse("2026-11-21T10:00:00Z");
        Bought before = boughtAt(first);
        Bought after = boughtAt(first.plusSeconds(1));
        assertThat(after.option()).isGreaterThan(before.option());
        assertThat(after.token()).isNotEqualTo(before.token());
    }

    /** Starts a simulator at a moment, logs in and buys an option. */
    private static Bought boughtAt(Instant start) throws Exception {
        try (PolariumSimulator simulator = new PolariumSimulator(7, InstantSource.fixed(start))) {
            Account account = simulator.open("a@b", "pw", AccountKind.PLAIN);
            simulator.start(0);
            String token = Json
                .read(RawClient.post(simulator.port(), "/v2/login", LOGIN.formatted("a@b", "pw", "")).body())
                .path("ssid")
                .asString("");
            try (RawClient client = RawClient.letIn(simulator.port(), token)) {
                JsonNode bought = client
                    .reply(client.call("binary-options.open-option", "2.0", order(account, "10", 87)));
                return new Bought(bought.path("msg").path("id").asLong(0), token);
            }
        }
    }

    @Test
    void tellsAPositionAfterTheReplyAndLateWhenToldTo() throws Exception {
        try (RawClient client = in()) {
            client.send("subscribeMessage", "{\"name\":\"portfolio.position-changed\",\"version\":\"3.0\"}");
            this.simulator.arm(Fault.LATE_EVENT, 1, 7000);
            client.reply(client.call("binary-options.open-option", "2.0", order("10", 87)));
            assertThat(client.event("position-changed").path("status").asString("")).isEqualTo("closed");
            assertThat(client.event("position-changed").path("status").asString("")).isEqualTo("open");
        }
    }

    @Test
    void cancelsAndRefundsWhenToldTo() throws Exception {
        try (RawClient client = in()) {
            client.send("subscribeMessage", "{\"name\":\"portfolio.position-changed\",\"version\":\"3.0\"}");
            this.simulator.arm(Fault.CANCELED);
            JsonNode canceled = closed(client, order("10", 87));
            assertThat(canceled.path("close_reason").asString("")).isEqualTo("canceled");
            assertThat(canceled.path("pnl_realized").decimalValue()).isEqualByComparingTo("0");
            this.simulator.arm(Fault.REFUNDED, 2, 15);
            JsonNode refunded = closed(client, order("10", 87));
            JsonNode other = closed(client, order("10", 87).replace("\"call\"", "\"put\""));
            for (JsonNode jsonNode : List.of(refunded, other)) {
                String profit = switch (jsonNode.path("close_reason").asString("")) {
                    case "win" -> "8.7";
                    case "equal" -> "0";
                    default -> "-8.5";
                };
                assertThat(jsonNode.path("pnl").decimalValue()).isEqualByComparingTo(profit);
            }
            this.simulator.arm(Fault.NO_PROFIT);
            JsonNode unknown = closed(client, order("10", 87));
            assertThat(unknown.path("close_reason").asString("")).isEqualTo("default");
            assertThat(unknown.has("pnl") || unknown.has("close_profit")).isFalse();
            JsonNode history = client.reply(client.call("portfolio.get-history-positions", "2.0",
                    "{\"external_id\":%d}".formatted(unknown.path("external_id").asLong(0))));
            assertThat(history.path("msg").path("positions").path(0).path("pnl").isNumber()).isTrue();
        }
    }

    private static JsonNode closed(RawClient client, String order) throws InterruptedException {
        client.call("binary-options.open-option", "2.0", order);
        return client
            .await("the end of an option",
                    (frame) -> frame.path("name").asString("").equals("position-changed")
                            && frame.path("msg").path("status").asString("").equals("closed"))
            .path("msg");
    }

    @Test
    void sellsNothingThatIsNotOnSale() throws Exception {
        try (RawClient client = in()) {
            assertThat(refusal(client, order("10", 90))).isEqualTo(4117);
            assertThat(refusal(client, order("0.5", 87))).isEqualTo(4220);
            assertThat(refusal(client, order("10001", 87))).isEqualTo(4000);
            JsonNode length = client.reply(client.call("binary-options.open-option", "2.0",
                    order("10", 87).replace("\"expiration_size\":5", "\"expiration_size\":45")));
            assertThat(length.path("status").asInt(0)).isEqualTo(4220);
            assertThat(length.path("msg").has("expiration_size")).isTrue();
            this.simulator.control("/control/assets/76?suspended=true");
            assertThat(refusal(client, order("10", 87))).isEqualTo(4119);
            assertThat(this.simulator.control("/control/state").path("options").asInt(-1)).isZero();
        }
    }

    @Test
    void tellsOutsidersWhatWasBoughtAndWhatItCost() throws Exception {
        try (RawClient client = in()) {
            JsonNode bought = client.reply(client.call("binary-options.open-option", "2.0", order("10", 87)));
            JsonNode items = this.simulator.control("/control/options").path("items");
            assertThat(items.size()).isOne();
            JsonNode option = items.path(0);
            assertThat(option.path("id").asLong(0)).isEqualTo(bought.path("msg").path("id").asLong(-1));
            assertThat(option.path("symbol").asString("")).isEqualTo("EURUSD-OTC");
            assertThat(option.path("direction").asString("")).isEqualTo("call");
            assertThat(option.path("stake").decimalValue()).isEqualByComparingTo("10");
            assertThat(option.path("open").asBoolean(false)).isTrue();
            assertThat(option.has("profit")).isFalse();
            JsonNode demo = this.simulator.control("/control/balances").path("items").path(1);
            assertThat(demo.path("id").asLong(0)).isEqualTo(this.trader.demoWallet());
            assertThat(demo.path("amount").decimalValue()).isEqualByComparingTo("9990");
        }
    }

    @Test
    void isSteeredOverHttpToo() throws Exception {
        int port = this.simulator.port();
        assertThat(RawClient.post(port, "/control/code?code=111222", "").body()).contains("111222");
        assertThat(RawClient.post(port, "/control/faults/late_result?number=3", "").statusCode()).isEqualTo(200);
        assertThat(RawClient.post(port, "/control/faults/no_such", "").statusCode()).isEqualTo(400);
    }

    private RawClient in() throws Exception {
        return RawClient.letIn(this.simulator.port(), login("a@b", "pw", "").path("ssid").asString(""));
    }

    private String order(String stake, int payout) {
        return order(this.trader, stake, payout);
    }

    private static String order(Account account, String stake, int payout) {
        return """
                {"user_balance_id":%d,"active_id":76,"option_type_id":12,"direction":"call","expired":0,
                 "expiration_size":5,"price":%s,"profit_percent":%d}""".formatted(account.demoWallet(), stake, payout);
    }

    private static int refusal(RawClient client, String order) throws InterruptedException {
        return client.reply(client.call("binary-options.open-option", "2.0", order)).path("status").asInt(0);
    }

    private static JsonNode candles(RawClient client, String fields) throws InterruptedException {
        String request = client.call("quotes-history.get-candles", "2.0", "{\"active_id\":76," + fields + "}");
        return client.reply(request).path("msg").path("candles");
    }

    private JsonNode login(String email, String password, String token) throws Exception {
        return Json
            .read(RawClient.post(this.simulator.port(), "/v2/login", LOGIN.formatted(email, password, token)).body());
    }

    private JsonNode verify(String body) throws Exception {
        return Json.read(RawClient.post(this.simulator.port(), "/v2/verify/2fa", body).body());
    }

    private JsonNode token(String body) throws Exception {
        return Json.read(RawClient.post(this.simulator.port(), "/auth/oauth.v5/token", body).body());
    }

    private record Bought(long option, String token) {

    }

}
