package pregao.ingest;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Timeframe;
import pregao.devcluster.postgres.DatabaseCredentials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for when provided candles become final, on a real database.
 */
class FinalityTests {

    private static final IngestTestEnvironment ENVIRONMENT = IngestTestEnvironment.start();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Instant TIME = Instant.parse("2025-10-20T03:00:00Z");

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

    /**
     * The broker's time zone is west of UTC, so each bar seems to have ended long ago.
     */
    @Test
    void acceptsLaterSnapshotsOfBarWithoutSuccessor() {
        Instant minute = Clock.systemUTC().instant().minus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES);

        assertThat(post(bar("WEST", minute, 12, "1.1"))).isEqualTo("inserted");
        assertThat(post(bar("WEST", minute, 480, "1.12"))).isEqualTo("updated");
        assertThat(post(bar("WEST", minute, 900, "1.13"))).isEqualTo("updated");
        assertThat(post(bar("WEST", minute, 480, "1.12"))).isEqualTo("duplicate");
        assertThat(stored("WEST")).containsExactly("900 2 false 0");

        post(bar("WEST", minute.plusSeconds(60), 3, "1.1"));
        assertThat(stored("WEST")).containsExactly("900 4 true 1", "3 2 false 0");
        assertThat(post(bar("WEST", minute, 480, "1.12"))).isEqualTo("duplicate conflict");
        assertThat(post(bar("WEST", minute, 901, "1.14"))).isEqualTo("updated");
        assertThat(stored("WEST")).containsExactly("901 4 true 2", "3 2 false 0");
    }

    @ParameterizedTest
    @ValueSource(strings = { "D1", "H4", "H1", "M30" })
    void doesNotBelieveAMarkBeforeTheEnd(String timeframe) {
        String symbol = "EARLY" + timeframe;
        Instant openTime = Instant.ofEpochMilli(Timeframe.valueOf(timeframe).bucketStart(Clock.systemUTC().millis()));

        post("{\"ts\":\"" + openTime + "\",\"symbol\":\"" + symbol + "\",\"timeframe\":\"" + timeframe
                + "\",\"complete\":true,\"final\":true,\"open\":1.1,\"high\":1.2,\"low\":1.0,\"close\":1.1,\"volume\":9}");

        assertThat(stored(symbol)).containsExactly("9 2 false 0");
    }

    @Test
    void keepsCandleBuiltFromTicksIfSnapshotArrivesLate() {
        post(bar("LATE", TIME, 2, "1.1001"));
        upsertBuilt("LATE", TIME, 59, "1.1059", true);
        assertThat(stored("LATE")).containsExactly("59 3 true 1");

        assertThat(post(bar("LATE", TIME, 2, "1.1001"))).isEqualTo("duplicate");
        post(bar("LATE", TIME.plusSeconds(60), 2, "1.1"));
        assertThat(post(bar("LATE", TIME, 2, "1.1001"))).isEqualTo("duplicate conflict");

        assertThat(stored("LATE")).containsExactly("59 3 true 1", "2 2 false 0");
    }

    @Test
    void replacesBuiltCandleByWholeBarAfterSuccession() {
        upsertBuilt("WHOLE", TIME, 40, "1.1", true);
        assertThat(post(bar("WHOLE", TIME, 59, "1.11"))).isEqualTo("duplicate");

        post(bar("WHOLE", TIME.plusSeconds(60), 2, "1.1"));

        assertThat(stored("WHOLE")).containsExactly("59 4 true 2", "2 2 false 0");
    }

    @Test
    void leavesFirstFinalRevisionToAggregatorIfItHasTicks() {
        setClosedUntil("TICKING", TIME);
        post(bar("TICKING", TIME, 40, "1.1"));
        post(bar("TICKING", TIME.plusSeconds(60), 2, "1.1"));
        assertThat(stored("TICKING")).containsExactly("40 2 false 0", "2 2 false 0");

        upsertBuilt("TICKING", TIME, 59, "1.11", true);
        setClosedUntil("TICKING", TIME.plusSeconds(60));

        assertThat(stored("TICKING")).containsExactly("59 3 true 1", "2 2 false 0");
    }

    @Test
    void finalizesSnapshotsBySuccessionAndMarksThem() {
        Instant hour = Clock.systemUTC().instant().truncatedTo(ChronoUnit.HOURS);
        post(bar("RUNNING", "H1", hour, 5, "1.1", ""));
        assertThat(ENVIRONMENT.sql(snapshots("RUNNING"))).containsExactly("true");

        for (int i = 0; i < 3; i++) {
            Instant minute = TIME.plusSeconds(60L * i);
            post(bar("SHOTS", "M1", minute, 5, "1.1", ",\"meta\":{\"ea\":\"PDC\",\"collected_at\":\""
                    + minute.plusSeconds(50) + "\",\"bar_time\":\"x\"}"));
        }
        assertThat(stored("SHOTS")).containsExactly("5 4 true 1", "5 4 true 1", "5 2 false 0");
        assertThat(ENVIRONMENT.sql(snapshots("SHOTS") + " and final")).containsExactly("true", "true");
        assertThat(post(bar("SHOTS", TIME, 5, "1.1"))).as("seen after its end").isEqualTo("duplicate");
        assertThat(ENVIRONMENT.sql(snapshots("SHOTS") + " and final")).containsExactly("false", "true");
    }

    private static String snapshots(String symbol) {
        return "select snapshot::text from market.candle where symbol = '" + symbol + "'";
    }

    @ParameterizedTest
    @CsvSource({ "59, '', 2", "60, '', 5", "95, '', 5", "59, ',\"final\":true', 2", "60, ',\"final\":false', 2" })
    void takesTheTimeOfCollectionForAMark(int second, String mark, int rank) {
        String symbol = "COLLECTED" + second + mark.length();

        post(bar(symbol, "M1", TIME, 5, "1.1",
                mark + ",\"meta\":{\"x\":{\"y\":[1]},\"collected_at\":\"" + TIME.plusSeconds(second) + "\"}"));

        assertThat(stored(symbol)).singleElement().asString().startsWith("5 " + rank);
    }

    @Test
    void finalizesOrderedBackfillExceptNewestBar() {
        List<String> bars = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            bars.add(bar("BACKFILL", TIME.plusSeconds(60L * i), 5, "1.1"));
        }
        Collections.reverse(bars);
        ENVIRONMENT.post("/ingest_batch", "[" + String.join(",", bars) + "]");

        assertThat(ENVIRONMENT.sql("select final || ' ' || count(*) from market.candle where symbol = 'BACKFILL'"
                + " group by final order by 1"))
            .containsExactly("false 1", "true 499");
    }

    @Test
    void appliesSameRulesToLongerTimeframes() {
        upsertBuilt("LONGER", "M5", TIME, 59, "1.1059", true);
        assertThat(post(bar("LONGER", "M5", TIME, 2, "1.1", ""))).isEqualTo("duplicate");
        post(bar("LONGER", "M5", TIME.plusSeconds(300), 2, "1.1", ""));

        assertThat(stored("LONGER")).containsExactly("59 3 true 1", "2 2 false 0");
    }

    /**
     * Each item gets the result that it would have got in a request of its own, and the
     * stored state is the same.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void collapsesRepeatsOfBarAsIfSentSeparately(long seed) {
        Random random = new Random(seed);
        String together = "SAME" + seed;
        String apart = "APART" + seed;
        int buckets = (seed == 3) ? 1 : 4; // the last seed has no succession
        for (int pass = 0; pass < 6; pass++) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String mark = switch (random.nextInt(8)) {
                    case 0 -> ",\"final\":true";
                    case 1 -> ",\"final\":false";
                    default -> "";
                };
                items.add(bar("%s", "M1", TIME.plusSeconds(60L * random.nextInt(buckets)), random.nextInt(5),
                        "1.1" + random.nextInt(3), mark));
            }
            // In separate requests a bar can arrive before its successor; in one request
            // all bars are known.
            Instant last = TIME.plusSeconds(600);
            if (buckets > 1) {
                post(bar(apart, last, 1, "1.1"));
                post(bar(together, last, 1, "1.1"));
            }
            List<String> expected = items.stream().map((item) -> post(item.formatted(apart))).toList();
            assertThat(postAll(items.stream().map((item) -> item.formatted(together)).toList())).as("seed %d", seed)
                .isEqualTo(expected);
            assertThat(ENVIRONMENT.sql(values(together))).isEqualTo(ENVIRONMENT.sql(values(apart)));
        }
    }

    private static String values(String symbol) {
        return "select ts || ' ' || volume || ' ' || close || ' ' || rank from market.candle where symbol = '" + symbol
                + "' order by ts";
    }

    @Test
    void upsertsThousandRepeatsOnce() {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            items.add(bar("REPEATED", TIME, i, "1.1"));
        }
        List<String> responses = postAll(items);

        assertThat(responses.getFirst()).isEqualTo("inserted");
        assertThat(responses.subList(1, 1_000)).containsOnly("updated");
        assertThat(ENVIRONMENT
            .sql("select volume::int || ' ' || (updated_at is null) from market.candle where symbol =" + " 'REPEATED'"))
            .as("written once")
            .containsExactly("999 true");
    }

    @Test
    void acceptsCorrectionOnce() {
        post(bar("FIX", "M1", TIME, 5, "1.1", ",\"final\":true"));
        assertThat(post(bar("FIX", "M1", TIME, 6, "1.11", ",\"final\":true"))).isEqualTo("duplicate conflict");
        JsonNode page = json(ENVIRONMENT.get("/api/conflicts?symbol=FIX&timeframe=M1"), 200);
        assertThat(page.get("items").size()).isEqualTo(1);
        assertThat(page.at("/items/0/candle/close").decimalValue()).isEqualByComparingTo("1.11");
        long id = page.at("/items/0/id").asLong();

        HttpResponse<String> first = accept(id, IngestTestEnvironment.KEY);
        HttpResponse<String> second = accept(id, IngestTestEnvironment.KEY);

        JsonNode accepted = json(first, 200);
        assertThat(accepted.get("state").asString()).isEqualTo("accepted");
        assertThat(accepted.get("accepted_by").asString()).isEqualTo("tester");
        assertThat(accepted.at("/candle/revision").asInt()).isEqualTo(2);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(stored("FIX")).containsExactly("6 6 true 2");
        ENVIRONMENT.awaitPublished();
        assertThat(ENVIRONMENT.candles("mt5|FIX").getLast().candle().revision()).isEqualTo(2);
        assertThat(post(bar("FIX", "M1", TIME, 5, "1.1", ",\"final\":true"))).isEqualTo("duplicate conflict");

        long displaced = json(ENVIRONMENT.get("/api/conflicts?symbol=FIX"), 200).at("/items/0/id").asLong();
        assertThat(displaced).isNotEqualTo(id);
        json(accept(displaced, IngestTestEnvironment.KEY), 200);
        assertThat(stored("FIX")).as("swapped back").containsExactly("5 6 true 3");
        assertThat(json(ENVIRONMENT.get("/api/conflicts?symbol=FIX&state=accepted"), 200).get("items").size())
            .isEqualTo(2);
        assertThat(accept(id, "athens").statusCode()).isEqualTo(404);
        assertThat(accept(Long.MAX_VALUE / 10, IngestTestEnvironment.KEY).statusCode()).isEqualTo(404);
        assertThat(ENVIRONMENT.get("/api/conflicts?state=held").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> accept(long id, String key) {
        return ENVIRONMENT.send(ENVIRONMENT.request("/api/conflicts/" + id + "/accept")
            .setHeader("X-API-Key", key)
            .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private static String bar(String symbol, Instant time, int volume, String close) {
        return bar(symbol, "M1", time, volume, close, "");
    }

    private static String bar(String symbol, String timeframe, Instant time, int volume, String close, String more) {
        return "{\"ts\":\"" + time + "\",\"symbol\":\"" + symbol + "\",\"timeframe\":\"" + timeframe
                + "\",\"open\":1.1,\"high\":1.2,\"low\":1.0,\"close\":" + close + ",\"volume\":" + volume + more + "}";
    }

    private static String post(String item) {
        return postAll(List.of(item)).getFirst();
    }

    private static List<String> postAll(List<String> items) {
        HttpResponse<String> response = ENVIRONMENT.post("/ingest_batch", "[" + String.join(",", items) + "]");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<String> statuses = new ArrayList<>();
        for (JsonNode detail : JSON.readTree(response.body()).get("details")) {
            statuses.add(detail.get("status").asString() + (detail.has("conflict") ? " conflict" : ""));
        }
        return statuses;
    }

    /** Returns volume, rank, finality and revision of the stored candles. */
    private static List<String> stored(String symbol) {
        return ENVIRONMENT.sql("select volume::int || ' ' || rank || ' ' || final || ' ' || revision from market.candle"
                + " where symbol = '" + symbol + "' order by ts");
    }

    private static void upsertBuilt(String symbol, Instant time, int volume, String close, boolean isFinal) {
        upsertBuilt(symbol, "M1", time, volume, close, isFinal);
    }

    /** Upserts a built candle as the aggregator does. */
    private static void upsertBuilt(String symbol, String timeframe, Instant time, int volume, String close,
            boolean isFinal) {
        execute(("select * from market.put_candles(array['mt5'], array['%s'], array['%s'], array['%s'::timestamptz],"
                + " array[1.1], array[1.2], array[1.0], array[%s], array[%d], array[null::numeric],"
                + " array[null::text], array['%s'], array[%b])")
            .formatted(symbol, timeframe, time, close, volume, timeframe.equals("M1") ? "ticks" : "rollup", isFinal));
    }

    /** Marks an instrument as one with ticks, whose buckets are closed up to a time. */
    private static void setClosedUntil(String symbol, Instant until) {
        execute(("select * from market.put_candles('{}'::text[], '{}'::text[], '{}'::text[], '{}'::timestamptz[],"
                + " '{}'::numeric[], '{}'::numeric[], '{}'::numeric[], '{}'::numeric[], '{}'::numeric[],"
                + " '{}'::numeric[], '{}'::text[], '{}'::text[], '{}'::boolean[], p_closed_feed => array['mt5'],"
                + " p_closed_symbol => array['%s'], p_closed_until => array['%s'::timestamptz],"
                + " p_closed_ticks => array[true], p_promote => 'minutes')")
            .formatted(symbol, until));
    }

    private static void execute(String sql) {
        DatabaseCredentials login = ENVIRONMENT.postgres().login("pregao_aggregator");
        try (Connection connection = DriverManager.getConnection("jdbc:" + ENVIRONMENT.postgres().url(), login.user(),
                login.password()); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
