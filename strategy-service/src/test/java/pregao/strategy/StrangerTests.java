package pregao.strategy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody else's bot, account or order is not there, whatever is called.
 */
class StrangerTests {

    private static final Api OWNER = Api.newcomer();

    private static final String BOT = "{\"strategy\":\"rsi-40-60\",\"stake\":100,\"instruments\":[\"EURUSD\"]}";

    private static final String ORDER = "{\"symbol\":\"EURUSD\",\"side\":\"buy\",\"amount\":1}";

    private static final String ID = OWNER.post("/api/bots", BOT).body().path("id").stringValue();

    private static final String PLACED = OWNER.order(ORDER).body().path("id").stringValue();

    private static final String ACCOUNT = OWNER.get("/api/bots/accounts")
        .body()
        .path("items")
        .get(0)
        .path("id")
        .stringValue();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "GET | /api/bots/BOT | ", "POST | /api/bots/BOT/start | ",
            "POST | /api/bots/BOT/stop | ", "DELETE | /api/bots/BOT | ", "POST | /api/bots/BOT/evidence | ",
            "GET | /api/bots/BOT/evidence/BOT | ", "GET | /api/orders/ORDER | ",
            "PUT | /api/bots/accounts/ACCOUNT/paper/limits | {}",
            "POST | /api/bots/BOT/promote | {\"evidence\":\"BOT\",\"account\":\"BOT\",\"money\":\"demo\",\"confirm\":\"bot\"}" })
    void isNotThere(HttpMethod method, String path, String body) {
        String named = path.replace("BOT", ID).replace("ORDER", PLACED).replace("ACCOUNT", ACCOUNT);
        Api.Answer answer = Api.newcomer().call(method, named, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
    }

    @Test
    void listsHaveOnesOwnOnly() {
        Api stranger = Api.newcomer();
        for (String path : List.of("/api/bots", "/api/trades", "/api/orders", "/api/signals", "/api/positions",
                "/api/trades?bot=" + ID, "/api/orders?bot=" + ID, "/api/signals?hold=true&bot=" + ID)) {
            assertThat(stranger.get(path).body().path("items").size()).as(path).isZero();
        }
        assertThat(OWNER.get("/api/bots").body().path("items").size()).isEqualTo(1);
    }

    @Test
    void somebodyElsesIdIsNeitherChangedNorTold() {
        Api stranger = Api.newcomer();
        Api.Answer bot = stranger.call(HttpMethod.PUT, "/api/bots/" + ID, BOT);
        assertThat(bot.status()).as(bot.toString()).isEqualTo(404);
        Api.Answer order = stranger.call(HttpMethod.PUT, "/api/orders/" + PLACED, ORDER);
        assertThat(order.status()).as(order.toString()).isEqualTo(404);
        assertThat(OWNER.get("/api/bots/" + ID).status()).isEqualTo(200);
    }

}
