package pregao.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is missing, doubted and contradicted is told, until it is mended.
 */
@SystemTest
class CoverageSystemTests {

    private static final Instant START = Instant.parse("2025-05-20T03:00:00Z");

    private static final String DAY = "&from=2025-05-20T00:00:00Z&to=2025-05-21T00:00:00Z";

    @Test
    void tellsAGapUntilItIsFilled(SystemUnderTest system) {
        Trader trader = system.trader("coverage", Feeds.RECORDED);
        assertThat(trader.candles(minutes(0, 60, "1.0855")).status()).isEqualTo(200);
        assertThat(trader.candles(minutes(90, 150, "1.0855")).status()).isEqualTo(200);

        JsonNode gappy = await(trader, "the gap of half an hour", 120);
        assertThat(gappy.path("expected").asInt()).isEqualTo(150);
        assertThat(gappy.path("gaps").toString()).isEqualTo("""
                {"count":1,"missing":30,"largest":[\
                {"from":"2025-05-20T04:00:00Z","to":"2025-05-20T04:30:00Z","missing":30}]}""");
        assertThat(gappy.at("/score/points").asInt()).isBetween(1, 99);

        assertThat(trader.candles(minutes(60, 90, "1.0855")).status()).isEqualTo(200);
        JsonNode whole = await(trader, "no gap", 150);
        assertThat(whole.at("/gaps/count").asInt()).isZero();
        assertThat(whole.at("/score/points").asInt()).isEqualTo(100);
    }

    @Test
    void countsWhatIsDoubtedAndWhatContradicts(SystemUnderTest system) {
        Trader trader = system.trader("doubted", Feeds.RECORDED);
        assertThat(trader.candles(minutes(0, 30, "1.0855")).status()).isEqualTo(200);
        assertThat(trader.candles(minutes(31, 61, "1.0855")).status()).isEqualTo(200);
        assertThat(trader.candles(minutes(30, 31, "10855")).status()).isEqualTo(422);
        assertThat(trader.candles(minutes(10, 12, "1.0866")).status()).isEqualTo(200);

        JsonNode item = await(trader, "sixty candles", 60);
        assertThat(part(item, "conflicts").path("points").asInt()).isZero();
        assertThat(part(item, "conflicts").path("reason").asString()).contains("2 ");
        assertThat(part(item, "quarantined").path("points").asInt()).isZero();
        assertThat(part(item, "quarantined").path("reason").asString()).contains("1 ");
    }

    private static JsonNode await(Trader trader, String what, int present) {
        return Await
            .see(what, () -> trader.http().get("/api/coverage?symbol=EURUSD" + DAY),
                    (answer) -> answer.status() == 200 && only(answer).path("present").asInt() == present)
            .json()
            .at("/items/0");
    }

    private static JsonNode only(Answer answer) {
        return answer.json().at("/items/0");
    }

    private static JsonNode part(JsonNode item, String name) {
        for (JsonNode part : item.at("/score/parts")) {
            if (part.path("name").asString().equals(name)) {
                return part;
            }
        }
        throw new AssertionError("no part " + name + " in " + item);
    }

    private static List<String> minutes(int from, int to, String price) {
        List<String> minutes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            minutes.add("""
                    {"symbol":"EURUSD","timeframe":"M1","ts":"%s","open":%s,"high":%s,"low":%s,"close":%s,"volume":1}"""
                .formatted(START.plusSeconds(60L * i), price, price, price, price));
        }
        return minutes;
    }

}
