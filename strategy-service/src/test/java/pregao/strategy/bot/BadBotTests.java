package pregao.strategy.bot;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import pregao.strategy.ApiClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the validation of bots.
 */
class BadBotTests {

    private static final ApiClient API = ApiClient.newcomer();

    private static final String SPOT = """
            {"name":"good","account":"paper","money":"paper","instruments":["EURUSD",{"feed":"mt5","symbol":"GBPUSD"}],\
            "strategy":{"name":"s","timeframe":"M1","buy":{"at_or_below":["rsi",40]},"sell":{"at_or_above":["rsi",60]},\
            "stop":0.03,"take":0.02,"shorts":false},"stake":100,"fee":0.001,"spread":0.1,"slippage":0.0001,"price_cap":0.01,\
            "convention":"plain","protections":[{"kind":"cooldown","rest":"PT5M"}]}""";

    private static final String OPTION = """
            {"name":"good","instruments":["EURUSD"],"options":{"pattern":"MHI 1","stake":1,"levels":[1,2],"payout":0.87,\
            "decimals":2,"equals":"stop"}}""";

    @Test
    void takesTheGoodOnes() {
        for (String body : new String[] { SPOT, OPTION }) {
            ApiClient.Answer response = ApiClient.newcomer().post("/api/bots", body);
            assertThat(response.status()).as(response.toString()).isEqualTo(201);
        }
    }

    @Test
    void whatOnlyTheBrokerKnowsIsNotTakenFromCallers() {
        for (String lots : new String[] { "7", "{\"EURUSD\":1}", "{}" }) {
            ApiClient.Answer response = ApiClient.newcomer()
                .post("/api/bots", SPOT.replace("\"stake\"", "\"lots\":" + lots + ",\"stake\""));
            assertThat(response.status()).as(response.toString()).isEqualTo(201);
            assertThat(response.body().path("settings").path("lots").size()).isZero();
        }
    }

    @Test
    void nameIsKeptInItsOneForm() {
        ApiClient.Answer response = API.post("/api/bots", SPOT.replace("\"good\"", "\"Cafe\\u0301 \\uff11\""));
        assertThat(response.body().path("name").stringValue()).isEqualTo("Caf\u00e9 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "\"good\" | \"\" | name", "\"good\" | 7 | name",
            "\"good\" | \"a\\u0000b\" | name", "\"good\" | \"a\\ud800b\" | name", "\"good\" | \"go\\u200bod\" | name",
            "\"good\" | \"\\u00a0\" | name", "\"PT5M\" | \"\\udc00\" | protections[0].rest",
            "\"stake\":100 | \"stake\":100,\"\\u0000\":1 | …", "\"account\":\"paper\" | \"account\":\"x\" | account",
            "\"account\":\"paper\" | \"account\":7 | account", "\"money\":\"paper\" | \"money\":\"demo\" | money",
            "\"money\":\"paper\" | \"money\":\"gold\" | money", "\"money\":\"paper\" | \"money\":\"real\" | money",
            "[\"EURUSD\" | [\"EUR€USD\" | instruments[0]", "\"feed\":\"mt5\" | \"feed\":\"A B\" | instruments[1]",
            "\"feed\":\"mt5\" | \"feed\":7 | instruments[1]",
            "\"feed\":\"mt5\" | \"feed\":\"no-such-feed\" | instruments[1]",
            "\"symbol\":\"GBPUSD\" | \"symbol\":7 | instruments[1]",
            "\"symbol\":\"GBPUSD\" | \"symbol\":\"GBPUSD\",\"lot\":1 | instruments[1]",
            "[\"EURUSD\" | [null | instruments[0]", "[\"EURUSD\" | [[] | instruments[0]",
            "\"stop\":0.03, | '' | strategy.stop", "\"stop\":0.03 | \"stop\":0 | strategy.stop",
            "\"stop\":0.03 | \"stop\":1 | strategy.stop", "\"stop\":0.03 | \"stop\":null | strategy.stop",
            "\"take\":0.02 | \"take\":-1 | strategy.take",
            "\"timeframe\":\"M1\" | \"timeframe\":\"M2\" | strategy.timeframe",
            "\"rsi\",40 | \"rsi\",\"x\" | strategy.buy.at_or_below[1]",
            "\"shorts\":false | \"shorts\":1 | strategy.shorts", "\"stake\":100 | \"stake\":0 | stake",
            "\"stake\":100 | \"stake\":\"100\" | stake", "\"stake\":100 | \"stake\":1e300 | stake",
            "\"stake\":100, | '' | stake", "\"fee\":0.001 | \"fee\":0.6 | fee", "\"fee\":0.001 | \"fee\":[] | fee",
            "\"spread\":0.1 | \"spread\":-1 | spread", "\"slippage\":0.0001 | \"slippage\":1 | slippage",
            "\"price_cap\":0.01 | \"price_cap\":0 | price_cap", "\"price_cap\":0.01 | \"price_cap\":0.51 | price_cap",
            "\"plain\" | \"PLAIN\" | convention", "\"cooldown\" | \"rest\" | protections[0].kind",
            "\"PT5M\" | \"5m\" | protections[0].rest", "\"stake\":100 | \"stake\":100,\"leverage\":5 | leverage" })
    void namesTheFieldThatIsWrong(String good, String bad, String field) {
        assertRejected(SPOT, good, bad, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "\"MHI 1\" | \"MHI 9\" | options.pattern", "\"stake\":1 | \"stake\":0 | options.stake",
                    "[1,2] | [2,1] | options.levels", "[1,2] | [] | options.levels", "0.87 | 0 | options.payout",
                    "0.87 | \"x\" | options.payout", "\"decimals\":2 | \"decimals\":9 | options.decimals",
                    "\"stop\" | \"wait\" | options.equals", "\"decimals\" | \"decimal\" | options.decimal",
                    "\"options\" | \"stake\":1,\"options\" | stake", "[\"EURUSD\"] | [] | instruments",
                    "[\"EURUSD\"] | {} | instruments", "\"options\":{ | \"options\":7,\"x\":{ | options" })
    void namesTheFieldOfOptionsThatIsWrong(String good, String bad, String field) {
        assertRejected(OPTION, good, bad, field);
    }

    private static void assertRejected(String body, String good, String bad, String field) {
        assertThat(body).contains(good);
        String text = body.replace(good, bad);
        ApiClient.Answer added = API.post("/api/bots", text);
        assertThat(added.status()).as(added.toString()).isEqualTo(422);
        assertThat(added.fields()).as(added.toString()).contains(field);
        ApiClient.Answer put = API.call(HttpMethod.PUT, "/api/bots/" + UUID.randomUUID(), text);
        assertThat(put.fields()).isEqualTo(added.fields());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "POST | /api/bots | { | 400", "POST | /api/bots | {\"a\":1,\"a\":2} | 400",
                    "POST | /api/bots | [] | 422", "POST | /api/bots | null | 422", "PUT | /api/bots/x | {} | 400",
                    "GET | /api/bots/x | | 400", "POST | /api/bots/x/start | | 400", "DELETE | /api/bots/x | | 400",
                    "POST | /api/bots/11111111-1111-4111-8111-111111111111/start | | 404",
                    "POST | /api/bots/11111111-1111-4111-8111-111111111111/stop?close=maybe | | 400",
                    "PUT | /api/bots/accounts/11111111-1111-4111-8111-111111111111/paper/limits | {} | 404",
                    "PUT | /api/bots/accounts/11111111-1111-4111-8111-111111111111/gold/limits | {} | 404",
                    "PUT | /api/bots/accounts/x/paper/limits | {} | 400", "PATCH | /api/bots | {} | 405" })
    void saysNoInTheRightWay(HttpMethod method, String path, String body, int status) {
        ApiClient.Answer response = API.call(method, path, body);
        assertThat(response.status()).as(response.toString()).isEqualTo(status);
        assertThat(response.body().path("type").stringValue()).startsWith("/problems/");
    }

    /**
     * The minimum order value of the broker is 5. With a margin of 5 % and a stop of 3 %,
     * the minimum stake is above 5.41.
     */
    @Test
    void atABrokerAStakeMustSufficeForItsStop() {
        String bot = SPOT
            .replace("\"paper\",\"money\":\"paper\"",
                    "\"%s\",\"money\":\"demo\"".formatted(API.account("binance", false)))
            .replace("[\"EURUSD\",{\"feed\":\"mt5\",\"symbol\":\"GBPUSD\"}]",
                    "[{\"feed\":\"binance\",\"symbol\":\"BTCUSDT\"}]");
        ApiClient.Answer rejected = API.post("/api/bots", bot.replace("\"stake\":100", "\"stake\":5.41"));
        assertThat(rejected.status()).as(rejected.toString()).isEqualTo(422);
        assertThat(rejected.fields()).containsExactly("stake");
        ApiClient.Answer accepted = API.post("/api/bots", bot.replace("\"stake\":100", "\"stake\":5.42"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(201);
    }

    @Test
    void takesJsonOnlyAndNotTooMuchOfIt() {
        for (String path : new String[] { "/api/bots", "/api/orders" }) {
            assertThat(API.call(HttpMethod.POST, path, SPOT, "trade", MediaType.TEXT_PLAIN).status()).isEqualTo(415);
            String large = SPOT.replace("good", "x".repeat(2_000_000));
            assertThat(API.post(path, large).status()).isEqualTo(413);
            assertThat(API.call(HttpMethod.POST, path, SPOT, "read", MediaType.APPLICATION_JSON).status())
                .isEqualTo(403);
        }
    }

}
