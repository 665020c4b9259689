package pregao.ingest;

import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.market.dataquality.OutlierDetector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for candles far off their neighbors, on a real database.
 */
class QuarantineTests {

    private static final IngestTestEnvironment ENVIRONMENT = IngestTestEnvironment.start();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final long TIME = Instant.parse("2025-02-13T00:00:00Z").toEpochMilli();

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
    void quarantinesOutlierAndListsItOnce() {
        post(run("HELD", 0, 30));
        String outlier = item("HELD", 30, "1.05", "1051");

        for (int i = 0; i < 2; i++) {
            JsonNode problem = json(ENVIRONMENT.post("/ingest", outlier), 422);
            assertThat(problem.at("/errors/0/reason").asString()).isEqualTo("quarantined");
            assertThat(problem.at("/errors/0/field").asString()).isEqualTo("high");
            assertThat(problem.at("/errors/0/expected").asString()).contains("ten times 1.05", "20 neighbours");
            assertThat(problem.get("rejected").asInt()).isEqualTo(1);
        }
        JsonNode response = post(List.of(item("HELD", 31, "1.05", "1.06"), outlier));
        assertThat(response.get("inserted").asInt()).isEqualTo(1);
        assertThat(response.at("/details/1/status").asString()).isEqualTo("rejected");
        assertThat(response.at("/details/1/reason").asString()).isEqualTo("quarantined");
        assertThat(response.at("/details/1/ts_bucket").asString()).isEqualTo("2025-02-13T00:30:00Z");

        JsonNode page = list("symbol=HELD");
        assertThat(page.get("items").size()).isEqualTo(1);
        assertThat(page.at("/items/0/candle/high").decimalValue()).isEqualByComparingTo("1051");
        assertThat(page.at("/items/0/median").decimalValue()).isEqualByComparingTo("1.05");
        assertThat(page.at("/items/0/candle/ts").asString()).isEqualTo("2025-02-13T00:30:00Z");
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(stored("HELD")).hasSize(31);
        assertThat(ENVIRONMENT.sql("select owner from ingest.quarantine where symbol = 'HELD'"))
            .containsExactly("tester");
    }

    @ParameterizedTest
    @CsvSource({ "200", "-200", "21", "-21" })
    void looksFarWhereNothingIsNear(int minutes) {
        String symbol = "FAR." + minutes;
        post(run(symbol, 1000, 5));

        json(ENVIRONMENT.post("/ingest", item(symbol, ((minutes > 0) ? 1004 : 1000) + minutes, "1051", "1051")), 422);

        assertThat(list("symbol=" + symbol).at("/items/0/neighbours").asInt()).isEqualTo(5);
    }

    @Test
    void releasesOnceAndPermanently() {
        post(run("FREE", 0, 30));
        String outlier = item("FREE", 10, "1.05", "1051");
        json(ENVIRONMENT.post("/ingest", outlier), 422);
        long id = list("symbol=FREE").at("/items/0/id").asLong();

        HttpResponse<String> first = release(id, IngestTestEnvironment.KEY);
        HttpResponse<String> second = release(id, IngestTestEnvironment.KEY);

        JsonNode released = json(first, 200);
        assertThat(released.at("/state").asString()).isEqualTo("released");
        assertThat(released.at("/candle/high").decimalValue()).isEqualByComparingTo("1051");
        assertThat(released.at("/candle/revision").asInt()).isEqualTo(2);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(ENVIRONMENT
            .sql("select rank || ' ' || revision || ' ' || high::float8 from market.candle where symbol ="
                    + " 'FREE' and ts = '2025-02-13T00:10Z'"))
            .containsExactly("6 2 1051");
        assertThat(post(List.of(outlier)).get("duplicates").asInt()).as("sent again").isEqualTo(1);
        assertThat(post(List.of(item("FREE", 10, "1.05", "1.06"))).at("/details/0/conflict").asBoolean()).isTrue();
        assertThat(list("symbol=FREE").get("items").size()).isZero();
        assertThat(list("symbol=FREE&state=released").at("/items/0/id").asLong()).isEqualTo(id);
        assertThat(ENVIRONMENT.metrics()).contains("pregao_ingest_candles_released_total")
            .contains("pregao_ingest_candles_quarantined_total");
    }

    @Test
    void restoresPreviousVersionAfterUndo() {
        post(run("BACK", 0, 30));
        json(ENVIRONMENT.post("/ingest", item("BACK", 10, "1.05", "1051")), 422);
        long id = list("symbol=BACK").at("/items/0/id").asLong();
        json(release(id, IngestTestEnvironment.KEY), 200);

        HttpResponse<String> first = undo(id, IngestTestEnvironment.KEY);
        HttpResponse<String> second = undo(id, IngestTestEnvironment.KEY);

        assertThat(json(first, 200).at("/state").asString()).isEqualTo("held");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(ENVIRONMENT.sql(row("BACK", "10"))).containsExactly("5 3 1.06");
        assertThat(list("symbol=BACK").get("items").size()).isEqualTo(1);
        json(release(id, IngestTestEnvironment.KEY), 200);
        assertThat(ENVIRONMENT.sql(row("BACK", "10"))).as("released again").containsExactly("6 4 1051");
        assertThat(undo(id, "athens").statusCode()).isEqualTo(404);
        assertThat(undo(Long.MAX_VALUE / 10, IngestTestEnvironment.KEY).statusCode()).isEqualTo(404);
    }

    @Test
    void withdrawsCandleWithoutOtherVersion() {
        post(run("GONE", 0, 30));
        json(ENVIRONMENT.post("/ingest", item("GONE", 40, "1.05", "1051")), 422);
        long id = list("symbol=GONE").at("/items/0/id").asLong();
        json(release(id, IngestTestEnvironment.KEY), 200);

        json(undo(id, IngestTestEnvironment.KEY), 200);

        assertThat(stored("GONE")).hasSize(30);
        ENVIRONMENT.awaitPublished();
        assertThat(ENVIRONMENT.candles("mt5|GONE").getLast()).satisfies((event) -> {
            assertThat(event.withdrawn()).isTrue();
            assertThat(event.candle().revision()).isEqualTo(2);
        });
        post(List.of(item("GONE", 40, "1.05", "1.06")));
        assertThat(ENVIRONMENT.sql(row("GONE", "40"))).as("counts on").containsExactly("5 3 1.06");
    }

    /** A whole number whose unit is unknown. */
    @Test
    void keepsUnknownSpreadUnit() {
        post(run("UNIT", 0, 30));
        String first = withSpread(item("UNIT", 31, "1.05", "1.06"));
        post(List.of(first));

        assertThat(post(List.of(first, first)).get("duplicates").asInt()).isEqualTo(2);
        assertThat(ENVIRONMENT.sql("select count(*) from ingest.conflict where symbol = 'UNIT'")).containsExactly("0");
        post(List.of(withSpread(item("UNIT", 31, "1.05", "1.07"))));
        JsonNode conflict = json(ENVIRONMENT.get("/api/conflicts?symbol=UNIT"), 200).at("/items/0");
        assertThat(conflict.at("/candle/spread_unit").asString()).isEqualTo("unknown");
        json(ENVIRONMENT.post("/api/conflicts/" + conflict.get("id").asLong() + "/accept", ""), 200);
        assertThat(lastSpread("UNIT")).as("accepted").isEqualTo(Spread.ofUnknown(2 * Prices.ONE));

        json(ENVIRONMENT.post("/ingest", withSpread(item("UNIT", 31, "1.05", "1051"))), 422);
        JsonNode held = list("symbol=UNIT").at("/items/0");
        assertThat(held.at("/candle/spread_unit").asString()).isEqualTo("unknown");
        json(release(held.get("id").asLong(), IngestTestEnvironment.KEY), 200);
        json(undo(held.get("id").asLong(), IngestTestEnvironment.KEY), 200);
        assertThat(lastSpread("UNIT")).as("restored").isEqualTo(Spread.ofUnknown(2 * Prices.ONE));
        assertThat(
                ENVIRONMENT.sql("select spread_unit from market.candle where symbol = 'UNIT' and spread is not null"))
            .containsExactly("unknown");
    }

    private static String withSpread(String item) {
        return item.substring(0, item.lastIndexOf('}')) + ",\"spread\":2}";
    }

    private static @org.jspecify.annotations.Nullable Spread lastSpread(String symbol) {
        ENVIRONMENT.awaitPublished();
        return ENVIRONMENT.candles("mt5|" + symbol).getLast().candle().spread();
    }

    private static String row(String symbol, String minute) {
        return "select rank || ' ' || revision || ' ' || high::float8 from market.candle where symbol = '" + symbol
                + "' and ts = '2025-02-13T00:" + minute + "Z'";
    }

    private static HttpResponse<String> undo(long id, String key) {
        return ENVIRONMENT
            .send(ENVIRONMENT.request("/api/quarantine/" + id + "/release").setHeader("X-API-Key", key).DELETE());
    }

    @Test
    void keepsOneFeedsFromAnother() {
        post(run("MINE", 0, 30));
        json(ENVIRONMENT.post("/ingest", item("MINE", 31, "1051", "1051")), 422);
        long id = list("symbol=MINE").at("/items/0/id").asLong();

        assertThat(release(id, "athens").statusCode()).isEqualTo(404);
        assertThat(release(Long.MAX_VALUE / 10, IngestTestEnvironment.KEY).statusCode()).isEqualTo(404);
        assertThat(list("symbol=MINE").get("items").size()).isEqualTo(1);
    }

    @Test
    void checksFormingCandlesAndReleasesNoneBeforeItsEnd() {
        long now = java.time.Clock.systemUTC().millis() / 86_400_000 * 86_400_000;
        List<String> days = new ArrayList<>();
        for (int i = 1; i < 22; i++) {
            days.add(item("OPEN", "D1", now - i * 86_400_000L, "1.05", "1.06"));
        }
        post(days);

        json(ENVIRONMENT.post("/ingest", item("OPEN", "D1", now, "1.05", "106")), 422);
        JsonNode held = list("symbol=OPEN&timeframe=D1").get("items");

        assertThat(held.at("/0/candle/final").asBoolean()).isFalse();
        JsonNode problem = json(release(held.at("/0/id").asLong(), IngestTestEnvironment.KEY), 409);
        assertThat(problem.get("type").asString()).isEqualTo("/problems/not-yet");
        assertThat(list("symbol=OPEN").get("items").size()).isEqualTo(1);
    }

    @Test
    void listsPageByPage() {
        post(run("PAGES", 0, 30));
        for (int i = 0; i < 5; i++) {
            json(ENVIRONMENT.post("/ingest", item("PAGES", 40 + i, "1.05", "1051")), 422);
        }
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("symbol=PAGES&limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.get("items").forEach((jsonNode) -> ids.add(jsonNode.at("/candle/ts").asString().substring(14, 16)));
            cursor = page.get("next").asString("");
        }
        while (!cursor.isEmpty());

        assertThat(ids).containsExactly("44", "43", "42", "41", "40");
    }

    @Test
    void keepsLatestConflict() {
        post(run("WAR", 0, 3));
        post(List.of(item("WAR", 1, "1.05", "1.07"), item("WAR", 2, "1.05", "1.08"), item("WAR", 1, "1.05", "1.09")));
        post(List.of(item("WAR", 2, "1.05", "1.06"), item("WAR", 2, "1.05", "1.10")));

        assertThat(ENVIRONMENT.sql("select high::float8 || ' ' || times || ' ' || (last_seen > first_seen)"
                + " from ingest.conflict where symbol = 'WAR' order by ts"))
            .containsExactly("1.09 2 false", "1.1 2 true");
    }

    /** Compares the implementation in SQL to the one in Java. */
    @Test
    void matchesReferenceModel() {
        long seed = 20260303;
        Random random = new Random(seed);
        Map<String, TreeMap<Long, Candle>> model = new HashMap<>();
        int held = 0;
        for (int call = 0; call < 150; call++) {
            List<Candle> batch = randomBatch(random);
            Map<String, TreeMap<Long, Long>> closes = new HashMap<>();
            model.forEach((symbol, candles) -> candles.forEach((time,
                    candle) -> closes.computeIfAbsent(symbol, (name) -> new TreeMap<>()).put(time, candle.close())));
            batch.forEach((candle) -> closes.computeIfAbsent(candle.instrument().symbol(), (name) -> new TreeMap<>())
                .put(candle.openTime(), candle.close()));
            List<String> expected = new ArrayList<>();
            for (Candle candle : batch) {
                String symbol = candle.instrument().symbol();
                TreeMap<Long, Candle> stored = model.computeIfAbsent(symbol, (name) -> new TreeMap<>());
                Candle existing = stored.get(candle.openTime());
                boolean repeat = existing != null && existing.sameValues(candle);
                boolean isOutlier = OutlierDetector.of(java.util.Objects.requireNonNull(closes.get(symbol)))
                    .judge(candle) != null;
                expected.add((isOutlier && !repeat) ? "rejected" : (existing != null) ? "duplicate" : "inserted");
            }
            for (int i = 0; i < batch.size(); i++) {
                if (expected.get(i).equals("inserted")) {
                    Candle candle = batch.get(i);
                    java.util.Objects.requireNonNull(model.get(candle.instrument().symbol()))
                        .put(candle.openTime(), candle);
                }
                held += expected.get(i).equals("rejected") ? 1 : 0;
            }
            assertThat(statuses(batch)).as("seed %d, call %d, %s", seed, call, batch).isEqualTo(expected);
        }
        assertThat(held).isGreaterThan(50);
    }

    private static List<String> statuses(List<Candle> batch) {
        HttpResponse<String> response = ENVIRONMENT.post("/ingest_batch",
                batch.stream().map(QuarantineTests::item).toList().toString());
        if (response.statusCode() == 422) {
            return Collections.nCopies(batch.size(), "rejected");
        }
        List<String> statuses = new ArrayList<>();
        json(response, 200).get("details").forEach((jsonNode) -> statuses.add(jsonNode.get("status").asString()));
        return statuses;
    }

    /** Returns candles with distinct buckets: near and far, dense and sparse. */
    private static List<Candle> randomBatch(Random random) {
        Map<String, Candle> batch = new TreeMap<>();
        int size = 1 + random.nextInt(random.nextBoolean() ? 3 : 40);
        long start = random.nextInt(300);
        int spacing = random.nextBoolean() ? 1 : 40;
        for (int i = 0; i < size; i++) {
            String symbol = "MODEL" + random.nextInt(3);
            long time = TIME + (start + random.nextInt(size * 2) * (long) spacing) * 60_000;
            long low = 1_000_000L + random.nextInt(2_000_000);
            long factor = switch (random.nextInt(30)) {
                case 0 -> 1000;
                case 1 -> 8;
                default -> 1;
            };
            long high = low * factor;
            long close = random.nextBoolean() ? low : high;
            Candle candle = new Candle(new Instrument("mt5", symbol), Timeframe.M1, time, low, high, low, close,
                    BigDecimal.ONE, null, CandleSource.GIVEN, true, 0);
            batch.put(symbol + time, candle);
        }
        List<Candle> shuffled = new ArrayList<>(batch.values());
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @ParameterizedTest(name = "{0} rows of the file, {1} a request, {2}")
    @CsvSource({ "9999, 1000, forwards", "9999, 100, forwards", "1500, 1, forwards", "9999, 1000, backwards",
            "1500, 1, backwards", "9999, 1000, shuffled", "9999, 100, shuffled" })
    void takesAllThatIsRightOfADirtyFileAndNothingElse(int rows, int size, String order) {
        String symbol = "DIRTY." + rows + "." + size + "." + order;
        DirtyFile file = DirtyFile.read(symbol);
        List<String> items = new ArrayList<>(file.items(rows));
        if (order.equals("backwards")) {
            Collections.reverse(items);
        }
        if (order.equals("shuffled")) {
            // The first candle is valid; an outlier without neighbors would be accepted.
            Collections.shuffle(items.subList(1, items.size()), new Random(7));
        }
        for (int i = 0; i < items.size(); i += size) {
            List<String> part = items.subList(i, Math.min(i + size, items.size()));
            assertThat(ENVIRONMENT.post("/ingest_batch", part.toString()).statusCode()).isIn(200, 422);
        }

        assertThat(stored(symbol)).containsExactlyInAnyOrderElementsOf(file.goodTimes(rows));
        assertThat(ENVIRONMENT.sql("select count(*) from ingest.quarantine where symbol = '" + symbol + "'"))
            .containsExactly(String.valueOf(file.enclosingBad(rows)));
    }

    private static List<String> run(String symbol, int from, int count) {
        List<String> items = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            items.add(item(symbol, i, "1.05", "1.06"));
        }
        return items;
    }

    private static String item(String symbol, int minute, String low, String high) {
        return item(symbol, "M1", TIME + minute * 60_000L, low, high);
    }

    private static String item(String symbol, String timeframe, long time, String low, String high) {
        return Items.candle()
            .with("symbol", "\"" + symbol + "\"")
            .with("timeframe", "\"" + timeframe + "\"")
            .with("ts", "\"" + Instant.ofEpochMilli(time) + "\"")
            .with("open", low)
            .with("high", high)
            .with("low", low)
            .with("close", low)
            .with("final", "true")
            .json();
    }

    private static String item(Candle candle) {
        return Items.candle()
            .with("symbol", "\"" + candle.instrument().symbol() + "\"")
            .with("ts", "\"" + Instant.ofEpochMilli(candle.openTime()) + "\"")
            .with("open", Prices.toText(candle.open()))
            .with("high", Prices.toText(candle.high()))
            .with("low", Prices.toText(candle.low()))
            .with("close", Prices.toText(candle.close()))
            .with("volume", "1")
            .with("final", "true")
            .json();
    }

    private static JsonNode post(List<String> items) {
        return json(ENVIRONMENT.post("/ingest_batch", items.toString()), 200);
    }

    private static JsonNode list(String query) {
        return json(ENVIRONMENT.get("/api/quarantine?" + query), 200);
    }

    private static HttpResponse<String> release(long id, String key) {
        return ENVIRONMENT.send(ENVIRONMENT.request("/api/quarantine/" + id + "/release")
            .setHeader("X-API-Key", key)
            .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private static List<String> stored(String symbol) {
        return ENVIRONMENT
            .sql("select to_char(ts at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from market.candle"
                    + " where feed = 'mt5' and symbol = '" + symbol + "' and timeframe = 'M1' order by ts");
    }

}
