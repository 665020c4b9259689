package pregao.strategy.manualorder;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

import pregao.strategy.ApiClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of invalid manual orders, limits and list parameters, and of the error responses.
 */
class BadOrderTests {

    private static final ApiClient API = ApiClient.newcomer();

    private static final UUID ACCOUNT = API.account("polarium", false);

    private static final String SPOT = """
            {"account":"paper","money":"paper","feed":"mt5","symbol":"EURUSD","side":"buy","amount":1}""";

    private static final String OPTION = """
            {"account":"%s","money":"demo","feed":"polarium","symbol":"EURUSD","side":"call","amount":1,"seconds":60,\
            "payout":0.8}""".formatted(ACCOUNT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "\"account\":\"paper\" | \"account\":\"x\" | account",
            "\"account\":\"paper\" | \"account\":[] | account", "\"money\":\"paper\" | \"money\":\"demo\" | money",
            "\"money\":\"paper\" | \"money\":7 | money", "\"mt5\" | \"A B\" | symbol",
            "\"mt5\" | \"no-such-feed\" | feed", "\"mt5\" | 7 | feed", "\"EURUSD\" | \"EUR€USD\" | symbol",
            "\"EURUSD\" | \"\" | symbol", "\"EURUSD\" | null | symbol", "\"buy\" | \"BUY\" | side",
            "\"buy\" | null | side", "\"buy\" | \"call\" | side", "\"amount\":1 | \"amount\":0 | amount",
            "\"amount\":1 | \"amount\":-1 | amount", "\"amount\":1 | \"amount\":\"1\" | amount",
            "\"amount\":1 | \"amount\":1e300 | amount", "\"amount\":1 | \"amount\":0.000000001 | amount",
            "\"amount\":1 | \"amount\":1,\"price\":2 | price", "\"amount\":1 | \"amount\":1,\"seconds\":60 | seconds" })
    void namesTheFieldThatIsWrong(String good, String bad, String field) {
        assertRejected(SPOT, good, bad, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "\"seconds\":60 | \"seconds\":0 | seconds", "\"seconds\":60 | \"seconds\":1.5 | seconds",
                    "\"seconds\":60 | \"seconds\":86401 | seconds", "\"payout\":0.8 | \"payout\":0 | payout",
                    "\"payout\":0.8 | \"payout\":null | payout", "\"payout\":0.8 | \"payout\":11 | payout",
                    "\"demo\" | \"real\" | money", "\"polarium\" | \"binance\" | feed" })
    void namesTheFieldOfAnOptionThatIsWrong(String good, String bad, String field) {
        assertRejected(OPTION, good, bad, field);
    }

    private static void assertRejected(String body, String good, String bad, String field) {
        assertThat(body).contains(good);
        String text = body.replace(good, bad);
        ApiClient.Answer created = API.order(text);
        assertThat(created.status()).as(created.toString()).isEqualTo(422);
        assertThat(created.fields()).as(created.toString()).contains(field);
        ApiClient.Answer put = API.call(HttpMethod.PUT, "/api/orders/" + UUID.randomUUID(), text);
        assertThat(put.fields()).isEqualTo(created.fields());
    }

    @Test
    void aKeyIsRequiredAndIsOneOrder() {
        ApiClient.Answer without = API.post("/api/orders", SPOT);
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.fields()).containsExactly("Idempotency-Key");
        assertThat(API.order(SPOT, "k".repeat(129)).fields()).containsExactly("Idempotency-Key");
        String key = "k".repeat(128);
        ApiClient.Answer first = API.order(SPOT, key);
        assertThat(first.status()).as(first.toString()).isEqualTo(202);
        assertThat(API.order(SPOT, key).body().path("id")).isEqualTo(first.body().path("id"));
        assertThat(API.order(SPOT.replace("\"amount\":1", "\"amount\":2"), key).status()).isEqualTo(422);
        assertThat(ApiClient.newcomer().order(SPOT, key).body().path("id")).as("somebody else's key")
            .isNotEqualTo(first.body().path("id"));
    }

    @Test
    void anIdIsOneOrder() {
        String path = "/api/orders/" + UUID.randomUUID();
        ApiClient.Answer first = API.call(HttpMethod.PUT, path, SPOT);
        assertThat(first.status()).as(first.toString()).isEqualTo(202);
        assertThat(API.call(HttpMethod.PUT, path, SPOT).body().path("id")).isEqualTo(first.body().path("id"));
        for (String changed : new String[] { SPOT.replace("\"buy\"", "\"sell\""), SPOT.replace("EURUSD", "GBPUSD"),
                SPOT.replace("\"amount\":1", "\"amount\":2") }) {
            assertThat(API.call(HttpMethod.PUT, path, changed).status()).as(changed).isEqualTo(422);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "limit=0", "limit=501", "limit=x", "limit=99999999999", "cursor=x",
            "cursor=2024-01-01T00:00:00Z_x", "cursor=x_11111111-1111-4111-8111-111111111111",
            "cursor=%2B1000000000-12-31T00:00:00Z_11111111-1111-4111-8111-111111111111", "bot=x", "symbol=A%20B",
            "symbol=%00" })
    void listsNameTheParameterThatIsWrong(String parameter) {
        for (String path : new String[] { "/api/trades?", "/api/orders?", "/api/signals?" }) {
            ApiClient.Answer response = API.get(path + parameter);
            assertThat(response.status()).as(path + response).isEqualTo(400);
            assertThat(response.fields()).containsExactly(parameter.substring(0, parameter.indexOf('=')));
        }
    }

    @Test
    void holdIsTrueOrFalse() {
        assertThat(API.get("/api/signals?hold=true").status()).isEqualTo(200);
        assertThat(API.get("/api/signals?hold=yes").fields()).containsExactly("hold");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "{\"stake\":0} | stake", "{\"stake\":-1} | stake", "{\"exposure\":1000000001} | exposure",
                    "{\"daily_loss\":0} | daily_loss", "{\"drawdown\":0.000000001} | drawdown", "{\"gales\":6} | gales",
                    "{\"gales\":-1} | gales", "{\"gales\":1.5} | gales", "{\"stake\":\"x\"} | stake",
                    "{\"stake\":\"5\"} | stake", "{\"stake\":[]} | stake", "{\"stake\":1e300} | stake",
                    "{\"stakes\":5} | stakes", "[] | body" })
    void limitsNameTheFieldThatIsWrong(String body, String field) {
        String account = API.get("/api/bots/accounts").body().path("items").get(0).path("id").stringValue();
        ApiClient.Answer response = API.call(HttpMethod.PUT, "/api/bots/accounts/" + account + "/paper/limits", body);
        assertThat(response.status()).as(response.toString()).isEqualTo(422);
        assertThat(response.fields()).containsExactly(field);
    }

}
