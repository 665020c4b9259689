package pregao.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Http;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalog through the whole system.
 */
@SystemTest
class CatalogSystemTests {

    private static final Instant BEGIN = Instant.parse("2025-05-20T03:00:00Z");

    private static final int BLOCKS = 41;

    @Test
    void directWinsBreakTiesOfTheTopFive(SystemUnderTest system) {
        Trader feed = system.trader("catalog", Feeds.RECORDED);
        // The minority of each block is green. By name alone the first one would come
        // first.
        post(feed, "AAA", "RGRRG");
        post(feed, "ZZZ", "GRRGR");
        Http person = BotSystemTests.person(system);
        Answer answer = person.post("/api/catalog",
                JsonBodies.of(Map.of("feed", feed.feed(), "symbols", List.of("AAA", "ZZZ"), "blocks", BLOCKS - 1)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        String path = "/api/catalog/" + answer.json().path("id").asString();
        Await.see("the analysis to be done", () -> person.get(path).json().path("state").asString(), "done"::equals);
        JsonNode ranking = person.get(path).json().at("/findings/ranking");
        assertThat(ranking.size()).as(ranking.toString()).isEqualTo(2);
        assertThat(ranking.get(0).path("rate").doubleValue()).as(ranking.toString())
            .isEqualTo(ranking.get(1).path("rate").doubleValue())
            .isOne();
        assertThat(ranking.get(0).path("symbol").asString()).isEqualTo("ZZZ");
        assertThat(direct(ranking.get(0))).isEqualTo(ranking.get(0).path("sample").intValue());
        assertThat(direct(ranking.get(1))).isZero();
    }

    private static int direct(JsonNode one) {
        return one.at("/levels/0/wins").intValue();
    }

    private static void post(Trader feed, String symbol, String colors) {
        List<String> candles = new ArrayList<>();
        for (int minute = 0; minute < BLOCKS * colors.length(); minute++) {
            boolean green = colors.charAt(minute % colors.length()) == 'G';
            candles.add(Quotes.m1(symbol, BEGIN.plus(Duration.ofMinutes(minute)), green ? "1.1" : "1.2", "1.3", "1.0",
                    green ? "1.2" : "1.1"));
        }
        assertThat(feed.candles(candles).count("inserted")).isEqualTo(candles.size());
    }

}
