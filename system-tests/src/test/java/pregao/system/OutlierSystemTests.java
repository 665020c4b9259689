package pregao.system;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.ReadCandle;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tick that lost its decimal point, through the gateway: held, listed, released, taken
 * back.
 */
@SystemTest
class OutlierSystemTests {

    private static final Instant MINUTE = Instant.parse("2025-10-20T03:00:00Z");

    @Test
    void buildsTheMinuteWithoutATickThatLostItsDecimalPoint(SystemUnderTest system) {
        Trader trader = system.trader("outlier", Feeds.PLAIN);
        assertThat(trader.ticks(List.of(tick(10, "1.085"), tick(20, "1085"), tick(30, "1.085"))).status())
            .isEqualTo(200);

        ReadCandle built = trader.awaitFinal(1, "EURUSD", "M1", MINUTE, Duration.ofMinutes(1)).getFirst();
        assertThat(built.high()).isEqualByComparingTo("1.085");
        assertThat(built.volume()).isEqualByComparingTo("2");
        assertThat(built.revision()).isEqualTo(1);

        JsonNode held = list(trader, "held").get("items").get(0);
        assertThat(held.at("/tick/ts").asString()).isEqualTo("2025-10-20T03:00:20Z");
        assertThat(held.get("price").decimalValue()).isEqualByComparingTo("1085");

        String path = "/api/quarantine/" + held.get("id").asString() + "/release";
        Answer released = trader.http().post(path, "");
        assertThat(released.status()).as(released.toString()).isEqualTo(202);
        assertThat(awaitHigh(trader, "1085")).extracting(ReadCandle::revision).isEqualTo(2);
        assertThat(list(trader, "held").get("items").size()).isZero();
        assertThat(list(trader, "released").at("/items/0/released_by").asString()).isNotEmpty();
        assertThat(trader.http().post(path, "").status()).as("a second time").isEqualTo(200);

        Answer undone = trader.http().send("DELETE", path, new byte[0]);
        assertThat(undone.status()).as(undone.toString()).isEqualTo(202);
        assertThat(awaitHigh(trader, "1.085")).extracting(ReadCandle::revision).isEqualTo(3);
        assertThat(list(trader, "held").at("/items/0/undone_by").asString()).isNotEmpty();
    }

    @Test
    void releasesWhatIsHeldOfADayInOneCall(SystemUnderTest system) {
        Trader trader = system.trader("bulk", Feeds.PLAIN);
        assertThat(trader.ticks(List.of(tick(1, "1.085"), tick(2, "1085"), tick(3, "1.085"), tick(4, "1086"))).status())
            .isEqualTo(200);
        Await.see("two ticks in quarantine", () -> list(trader, "held").get("items").size(), (size) -> size == 2);

        Answer bulk = trader.http().post("/api/quarantine/release", """
                {"symbol":"EURUSD","from":"2025-10-20T00:00:00Z","to":"2025-10-21T00:00:00Z"}""");

        assertThat(bulk.status()).as(bulk.toString()).isEqualTo(200);
        assertThat(bulk.count("requested")).isEqualTo(2);
        assertThat(bulk.count("remaining")).isZero();
        assertThat(awaitHigh(trader, "1086").volume()).isEqualByComparingTo("4");
    }

    private static ReadCandle awaitHigh(Trader trader, String high) {
        return trader
            .await("a high of " + high, "EURUSD", "M1", MINUTE, MINUTE.plusSeconds(60),
                    (candles) -> candles.size() == 1 && candles.getFirst().complete()
                            && candles.getFirst().high().compareTo(new java.math.BigDecimal(high)) == 0)
            .getFirst();
    }

    private static JsonNode list(Trader trader, String state) {
        Answer answer = trader.http().get("/api/quarantine?timeframe=tick&symbol=EURUSD&state=" + state);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static String tick(int second, String price) {
        return """
                {"symbol":"EURUSD","ts":"2025-10-20T03:00:%02dZ","bid":%s,"ask":%s}""".formatted(second, price, price);
    }

}
