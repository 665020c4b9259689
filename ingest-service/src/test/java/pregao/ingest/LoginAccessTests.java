package pregao.ingest;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.testsupport.ScopeRule.Caller;
import pregao.testsupport.ScopeTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the access of users with a login to quarantined items and conflicts of a
 * feed, on a real database.
 */
class LoginAccessTests {

    private static final IngestTestEnvironment ENVIRONMENT = IngestTestEnvironment.start();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final UUID OWNER = UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001");

    private static final UUID STRANGER = UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003");

    private static final long TIME = Instant.parse("2025-02-13T00:00:00Z").toEpochMilli();

    private static final String RANGE = """
            {"feed":"mt5","symbol":"%s","from":"2025-02-13T00:00:00Z","to":"2025-02-14T00:00:00Z"}""";

    @BeforeAll
    static void awaitOwner() {
        ENVIRONMENT.awaitReady();
        ENVIRONMENT.assignOwner("mt5", OWNER);
        IngestTestEnvironment.await("the feed belongs to somebody",
                () -> get("/api/quarantine?feed=mt5", owner()).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        ENVIRONMENT.close();
    }

    @Test
    void ownerListsReleasesAndUndoes() {
        long id = quarantine("OWNED");

        assertThat(json(get("/api/quarantine?feed=mt5&symbol=OWNED", owner()), 200).at("/items/0/id").asLong())
            .isEqualTo(id);
        JsonNode released = json(send("POST", "/api/quarantine/" + id + "/release", "", owner()), 200);
        assertThat(released.get("state").asString()).isEqualTo("released");
        assertThat(released.get("released_by").asString()).isEqualTo(OWNER.toString());
        JsonNode undone = json(send("DELETE", "/api/quarantine/" + id + "/release", "", owner()), 200);
        assertThat(undone.get("state").asString()).isEqualTo("held");
        assertThat(json(send("POST", "/api/quarantine/release", RANGE.formatted("OWNED"), owner()), 200).get("released")
            .asInt()).isEqualTo(1);
        assertThat(json(send("DELETE", "/api/quarantine/" + id + "/release", "", owner()), 200).get("state").asString())
            .as("released in bulk, taken back alone")
            .isEqualTo("held");
    }

    @Test
    void ownerListsAndAcceptsConflicts() {
        long id = createConflict("CLASH");

        assertThat(json(get("/api/conflicts?feed=mt5&symbol=CLASH", owner()), 200).at("/items/0/id").asLong())
            .isEqualTo(id);
        JsonNode accepted = json(send("POST", "/api/conflicts/" + id + "/accept", "", owner()), 200);
        assertThat(accepted.get("accepted_by").asString()).isEqualTo(OWNER.toString());
    }

    @Test
    void adminSeesEveryFeed() {
        long id = quarantine("ADMIN");
        String admin = ENVIRONMENT.logins().login(STRANGER, "trader", "admin");

        assertThat(json(get("/api/quarantine?feed=mt5&symbol=ADMIN", admin), 200).get("items").size()).isEqualTo(1);
        json(get("/api/conflicts?feed=athens", admin), 200);
        json(send("POST", "/api/quarantine/" + id + "/release", "", admin), 200);
        json(get("/api/quarantine?feed=nowhere", admin), 404);
    }

    @Test
    void strangerFindsNothing() {
        long held = quarantine("HIDDEN");
        long conflict = createConflict("SECRET");
        String stranger = ENVIRONMENT.logins().login(STRANGER, "trader");

        json(get("/api/quarantine?feed=mt5", stranger), 404);
        json(get("/api/conflicts?feed=mt5", stranger), 404);
        json(send("POST", "/api/quarantine/" + held + "/release", "", stranger), 404);
        json(send("DELETE", "/api/quarantine/" + held + "/release", "", stranger), 404);
        json(send("POST", "/api/quarantine/release", RANGE.formatted("HIDDEN"), stranger), 404);
        json(send("POST", "/api/conflicts/" + conflict + "/accept", "", stranger), 404);
        json(send("POST", "/api/conflicts/" + Long.MAX_VALUE / 10 + "/accept", "", stranger), 404);
        assertThat(json(get("/api/quarantine?feed=mt5&symbol=HIDDEN", owner()), 200).get("items").size()).isEqualTo(1);
    }

    @Test
    void loginNamesTheFeed() {
        for (HttpResponse<String> response : List.of(get("/api/quarantine", owner()), get("/api/conflicts", owner()),
                send("POST", "/api/quarantine/release", RANGE.formatted("X").replace("\"feed\":\"mt5\",", ""),
                        owner()))) {
            assertThat(json(response, 400).at("/errors/0/field").asString()).isEqualTo("feed");
        }
    }

    @Test
    void conflictsAreOfCandlesOnly() {
        json(get("/api/quarantine?feed=mt5&timeframe=tick", owner()), 200);
        assertThat(json(get("/api/conflicts?feed=mt5&timeframe=tick", owner()), 400).at("/errors/0/field").asString())
            .isEqualTo("timeframe");
    }

    @Test
    void tokenThatIsNotGoodIsRefused() {
        for (String bad : ENVIRONMENT.logins().invalidTokens(OWNER)) {
            json(get("/api/quarantine?feed=mt5", bad), 401);
            json(get("/api/conflicts?feed=mt5", bad), 401);
            json(send("POST", "/api/quarantine/7/release", "", bad), 401);
            json(send("DELETE", "/api/quarantine/7/release", "", bad), 401);
            json(send("POST", "/api/quarantine/release", "{", bad), 401);
            json(send("POST", "/api/conflicts/7/accept", "", bad), 401);
        }
        json(get("/api/quarantine?feed=mt5", ENVIRONMENT.logins().withoutRead(OWNER)), 403);
    }

    @TestFactory
    List<DynamicTest> everyCallIsForWhomTheTableSays() {
        return new ScopeTable("ingest", "http://127.0.0.1:" + ENVIRONMENT.port(), LoginAccessTests::credential)
            .unknownId(Long.toString(Long.MAX_VALUE / 10))
            .thing("/api/quarantine/{id}", Long.toString(quarantine("FOREIGN")))
            .thing("/api/conflicts/{id}", Long.toString(createConflict("STRANGE")))
            .query("GET /api/quarantine", "?feed=mt5")
            .query("GET /api/conflicts", "?feed=mt5")
            .body("POST /api/quarantine/release", RANGE.formatted("NOTHING"))
            .tests();
    }

    private static String credential(Caller caller) {
        return switch (caller) {
            case INGEST -> "X-API-Key: " + IngestTestEnvironment.KEY;
            case READ -> "X-API-Key: " + IngestTestEnvironment.READER;
            case RESEARCH -> "X-API-Key: " + IngestTestEnvironment.RESEARCHER;
            case TRADE -> "X-API-Key: " + IngestTestEnvironment.TRADER;
            case LOGIN -> "Authorization: Bearer " + owner();
            case ADMIN -> "Authorization: Bearer " + ENVIRONMENT.logins().login(STRANGER, "trader", "admin");
            case STRANGER -> "Authorization: Bearer " + ENVIRONMENT.logins().login(STRANGER, "trader");
            case NOBODY -> "";
        };
    }

    @Test
    void tokenInPlaceOfAKeyIsAsGoodAsTheKey() {
        json(get("/api/quarantine", ENVIRONMENT.logins().exchangedKey(STRANGER, "ingest read")), 200);
        json(get("/api/quarantine?feed=athens", ENVIRONMENT.logins().exchangedKey(STRANGER, "ingest read")), 404);
        json(get("/api/quarantine", ENVIRONMENT.logins().exchangedKey(OWNER, "read")), 403);
    }

    @Test
    void rejectsChangesWithTokenOfReadKey() {
        String token = ENVIRONMENT.logins().exchangedKey(OWNER, "read research trade");
        for (String change : List.of("POST /api/quarantine/7/release", "DELETE /api/quarantine/7/release",
                "POST /api/quarantine/release", "POST /api/conflicts/7/accept")) {
            String[] parts = change.split(" ", 2);
            json(send(parts[0], parts[1], "{}", token), 403);
        }
        json(send("POST", "/ingest", "{}", token), 401);
        json(send("POST", "/ingest/tick", "{}", token), 401);
    }

    @Test
    void bulkReleaseThatIsNotUnderstoodReleasesNothing() {
        quarantine("MISSPELT");
        String good = RANGE.formatted("MISSPELT");
        for (String[] bad : new String[][] { { good.replace("}", ",\"timefrme\":\"M5\"}"), "timefrme" },
                { good.replace("MISSPELT", "MISSPELT\\u0000"), "symbol" },
                { good.replace("MISSPELT", "MISSPELT\\ud800"), "symbol" },
                { good.replace("}", ",\"timeframe\":5}"), "timeframe" } }) {
            assertThat(json(send("POST", "/api/quarantine/release", bad[0], owner()), 400).at("/errors/0/field")
                .asString()).as(bad[0]).isEqualTo(bad[1]);
        }
        assertThat(json(get("/api/quarantine?feed=mt5&symbol=MISSPELT", owner()), 200).at("/items/0/state").asString())
            .isEqualTo("held");
    }

    @ParameterizedTest
    @ValueSource(strings = { "WIN$N", "XAUUSD+", "EURUSD#", "BRK.B", "Volatility 75 Index", "BTC/USDT", "R&D@B3" })
    void everyQueryKnowsTheSameSymbols(String symbol) {
        quarantine(symbol);
        createConflict(symbol);
        String encoded = java.net.URLEncoder.encode(symbol, java.nio.charset.StandardCharsets.UTF_8);
        // Some clients do not escape a plus sign.
        String unescaped = symbol.endsWith("+") ? symbol : encoded;

        for (String query : List.of(encoded, unescaped)) {
            assertThat(json(get("/api/quarantine?feed=mt5&symbol=" + query, owner()), 200).at("/items/0/candle/symbol")
                .asString()).isEqualTo(symbol);
            assertThat(json(get("/api/conflicts?feed=mt5&symbol=" + query, owner()), 200).at("/items/0/candle/symbol")
                .asString()).isEqualTo(symbol);
        }
        assertThat(json(send("POST", "/api/quarantine/release", RANGE.formatted(" " + symbol + " "), owner()), 200)
            .get("released")
            .asInt()).as("in JSON, blanks around a symbol are blanks").isEqualTo(1);
    }

    /** Quarantines a candle that lost its decimal point, next to thirty valid ones. */
    private static long quarantine(String symbol) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            items.add(item(symbol, i, "1.05", "1.06"));
        }
        json(ENVIRONMENT.post("/ingest_batch", items.toString()), 200);
        json(ENVIRONMENT.post("/ingest", item(symbol, 40, "1.05", "1051")), 422);
        return Long.parseLong(
                ENVIRONMENT.sql("select max(id) from ingest.quarantine where symbol = '" + symbol + "'").getFirst());
    }

    private static long createConflict(String symbol) {
        json(ENVIRONMENT.post("/ingest", item(symbol, 50, "1.05", "1.06")), 200);
        json(ENVIRONMENT.post("/ingest", item(symbol, 50, "1.05", "1.07")), 200);
        return Long.parseLong(
                ENVIRONMENT.sql("select max(id) from ingest.conflict where symbol = '" + symbol + "'").getFirst());
    }

    private static String item(String symbol, int minute, String low, String high) {
        return Items.candle()
            .with("symbol", "\"" + symbol + "\"")
            .with("ts", "\"" + Instant.ofEpochMilli(TIME + minute * 60_000L) + "\"")
            .with("open", low)
            .with("high", high)
            .with("low", low)
            .with("close", low)
            .with("final", "true")
            .json();
    }

    private static String owner() {
        return ENVIRONMENT.logins().login(OWNER, "trader");
    }

    private static HttpResponse<String> get(String path, String token) {
        return send("GET", path, "", token);
    }

    private static HttpResponse<String> send(String method, String path, String body, String token) {
        return ENVIRONMENT
            .send(HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + ENVIRONMENT.port() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.uri() + ": " + response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

}
