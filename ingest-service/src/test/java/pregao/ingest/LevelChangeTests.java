package pregao.ingest;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for series whose price level changes permanently, on a real database.
 */
class LevelChangeTests {

    private static final IngestTestEnvironment ENVIRONMENT = IngestTestEnvironment.start();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final long TIME = Instant.parse("2025-02-13T00:00:00Z").toEpochMilli();

    private static final long DAY = 86_400_000;

    @BeforeAll
    static void awaitReady() {
        ENVIRONMENT.awaitReady();
    }

    @AfterAll
    static void stop() {
        try {
            ENVIRONMENT.awaitPublished();
        }
        finally {
            ENVIRONMENT.close();
        }
    }

    @Test
    void acceptsNewLevelTwentyCandlesAfterSplit() {
        ENVIRONMENT.post("/ingest_batch", minutes("SPLIT", 0, 30, "2447").toString());
        List<Integer> statuses = new ArrayList<>();
        for (int i = 30; i < 60; i++) {
            statuses.add(ENVIRONMENT.post("/ingest", minute("SPLIT", i, "125.25")).statusCode());
        }

        assertThat(statuses.subList(0, 19)).containsOnly(422);
        assertThat(statuses.subList(19, 30)).containsOnly(200);
        assertThat(stored("SPLIT")).isEqualTo("60 2447 125.25");
        assertThat(list("symbol=SPLIT").get("items").size()).isZero();
        JsonNode released = list("symbol=SPLIT&state=released").get("items");
        assertThat(released.size()).isEqualTo(19);
        assertThat(released.at("/0/released_by").asString()).isEqualTo("level_change");
        assertThat(ENVIRONMENT.metrics()).contains("pregao_ingest_candles_level_released_total");
        assertThat(ENVIRONMENT.sql("select count(*) from market.candle where symbol = 'SPLIT' and final"))
            .containsExactly("60");
    }

    @Test
    void explainsWhyReleaseOfLevelCannotBeUndone() {
        ENVIRONMENT.post("/ingest_batch", minutes("LASTS", 0, 30, "2447").toString());
        for (int i = 30; i < 50; i++) {
            ENVIRONMENT.post("/ingest", minute("LASTS", i, "125.25"));
        }
        long id = list("symbol=LASTS&state=released").at("/items/0/id").asLong();

        JsonNode problem = json(ENVIRONMENT.send(ENVIRONMENT.request("/api/quarantine/" + id + "/release").DELETE()),
                409);

        assertThat(problem.get("type").asString()).isEqualTo("/problems/conflict");
        assertThat(problem.get("detail").asString()).contains("level", "20 consecutive candles", "accept the conflict");
        assertThat(stored("LASTS")).isEqualTo("50 2447 125.25");
        assertThat(list("symbol=LASTS&state=released").get("items").size()).isEqualTo(19);
    }

    /** The same bucket was also sent with a price that lost its decimal point. */
    @Test
    void releasesOnlyCandlesOfTheLevel() {
        ENVIRONMENT.post("/ingest_batch", minutes("POINT", 0, 30, "2447").toString());
        json(ENVIRONMENT.post("/ingest", minute("POINT", 35, "12525000")), 422);
        json(ENVIRONMENT.post("/ingest", minute("POINT", 49, "12525000")), 422);
        for (int i = 30; i < 50; i++) {
            ENVIRONMENT.post("/ingest", minute("POINT", i, "125.25"));
        }

        assertThat(stored("POINT")).isEqualTo("50 2447 125.25");
        assertThat(list("symbol=POINT").get("items").size()).as("what is of no level").isEqualTo(2);
        assertThat(list("symbol=POINT&state=released").get("items").size()).isEqualTo(19);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 7, 30, 60 })
    void storesTheSameInRequestsOfAnySize(int size) {
        String symbol = "SIZE" + size;
        List<String> items = new ArrayList<>(minutes(symbol, 0, 30, "2447"));
        items.addAll(minutes(symbol, 30, 30, "125.25"));
        for (int i = 0; i < items.size(); i += size) {
            ENVIRONMENT.post("/ingest_batch", items.subList(i, Math.min(i + size, items.size())).toString());
        }

        assertThat(stored(symbol)).isEqualTo("60 2447 125.25");
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3 })
    void storesTheSameInAnyOrder(int seed) {
        String symbol = "ORDER" + seed;
        List<String> items = new ArrayList<>(minutes(symbol, 0, 30, "2447"));
        items.addAll(minutes(symbol, 30, 30, "125.25"));
        Collections.shuffle(items, new Random(seed));
        for (int i = 0; i < items.size(); i += 4) {
            ENVIRONMENT.post("/ingest_batch", items.subList(i, Math.min(i + 4, items.size())).toString());
        }
        ENVIRONMENT.post("/ingest_batch", items.toString());

        assertThat(stored(symbol)).isEqualTo("60 2447 125.25");
    }

    @Test
    void quarantinesAnyNumberOfOutliers() {
        for (int i = 0; i < 60; i++) {
            ENVIRONMENT.post("/ingest", minute("NOISE", i, (i % 3 == 2) ? "1050" : "1.05"));
        }

        assertThat(stored("NOISE")).isEqualTo("40 1.05 1.05");
        assertThat(list("symbol=NOISE").get("items").size()).isEqualTo(20);
    }

    @Test
    void doesNotReleaseCandlesThatContradictStoredCandles() {
        ENVIRONMENT.post("/ingest_batch", minutes("AGAINST", 0, 60, "2447").toString());
        for (int i = 30; i < 60; i++) {
            ENVIRONMENT.post("/ingest", minute("AGAINST", i, "125.25"));
        }

        assertThat(stored("AGAINST")).isEqualTo("60 2447 2447");
    }

    /**
     * A coin that loses nearly all of its value within days, and then trades at its new
     * price.
     */
    @Test
    void acceptsCandlesAfterCrash() {
        List<String> days = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            days.add(day("CRASH", i, "79.9", "81", "77", "79.9"));
        }
        days.add(day("CRASH", 30, "30.3", "31", "16", "17.0"));
        assertThat(ENVIRONMENT.post("/ingest_batch", days.toString()).statusCode()).isEqualTo(200);
        json(ENVIRONMENT.post("/ingest", day("CRASH", 31, "17.0", "17.2", "1.04", "1.07")), 422);
        json(ENVIRONMENT.post("/ingest", day("CRASH", 32, "1.07", "1.1", "0.0038", "0.0051")), 422);
        json(ENVIRONMENT.post("/ingest", day("CRASH", 33, "0.0051", "0.0052", "0.00001", "0.0001")), 422);
        for (int i = 34; i < 53; i++) {
            json(ENVIRONMENT.post("/ingest", day("CRASH", i, "0.0001", "0.00012", "0.00009", "0.0001")), 422);
        }
        json(ENVIRONMENT.post("/ingest", day("CRASH", 53, "0.0001", "0.00012", "0.00009", "0.0001")), 200);

        assertThat(list("symbol=CRASH").get("items").size()).as("the days of the crash").isEqualTo(3);
        JsonNode bulk = json(ENVIRONMENT.post("/api/quarantine/release", """
                {"symbol":"CRASH","timeframe":"D1","from":"2024-01-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}"""), 200);
        assertThat(bulk.get("released").asInt()).isEqualTo(3);
        assertThat(ENVIRONMENT.sql("select count(*) from market.candle where symbol = 'CRASH'")).containsExactly("54");
    }

    private static List<String> minutes(String symbol, int from, int count, String price) {
        List<String> items = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            items.add(minute(symbol, i, price));
        }
        return items;
    }

    private static String minute(String symbol, int minute, String price) {
        return item(symbol, "M1", TIME + minute * 60_000L, price, price, price, price);
    }

    private static String day(String symbol, int day, String open, String high, String low, String close) {
        return item(symbol, "D1", TIME - (60 - day) * DAY, open, high, low, close);
    }

    private static String item(String symbol, String timeframe, long time, String open, String high, String low,
            String close) {
        return Items.candle()
            .with("symbol", "\"" + symbol + "\"")
            .with("timeframe", "\"" + timeframe + "\"")
            .with("ts", "\"" + Instant.ofEpochMilli(time) + "\"")
            .with("open", open)
            .with("high", high)
            .with("low", low)
            .with("close", close)
            .with("final", "true")
            .json();
    }

    private static String stored(String symbol) {
        return ENVIRONMENT
            .sql("select count(*) || ' ' || trim_scale(max(high)) || ' ' || trim_scale(min(low)) from market.candle"
                    + " where symbol = '" + symbol + "'")
            .getFirst();
    }

    private static JsonNode list(String query) {
        return json(ENVIRONMENT.get("/api/quarantine?" + query), 200);
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

}
