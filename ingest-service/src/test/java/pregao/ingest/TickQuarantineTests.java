package pregao.ingest;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickChange;
import pregao.contracts.tick.TickCodec;
import pregao.devcluster.postgres.DatabaseCredentials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for ticks in quarantine, which the aggregator stores and a user releases through
 * this service.
 */
class TickQuarantineTests {

    private static final IngestTestEnvironment ENVIRONMENT = IngestTestEnvironment.start();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @BeforeAll
    static void awaitReady() {
        ENVIRONMENT.awaitReady();
    }

    @AfterAll
    static void stop() {
        ENVIRONMENT.close();
    }

    @Test
    void listsTicksPageByPage() {
        for (int i = 0; i < 5; i++) {
            quarantine("LIST", "2025-10-20T03:00:1" + i + ".250Z", "held");
        }
        quarantine("LIST", "2025-10-20T03:00:20Z", "released");
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("timeframe=tick&symbol=LIST&limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.get("items").forEach((jsonNode) -> ids.add(jsonNode.at("/tick/ts").asString()));
            cursor = page.get("next").asString("");
        }
        while (!cursor.isEmpty());

        assertThat(ids).hasSize(5)
            .startsWith("2025-10-20T03:00:14.250Z", "2025-10-20T03:00:13.250Z")
            .endsWith("2025-10-20T03:00:10.250Z");
        JsonNode released = list("timeframe=tick&symbol=LIST&state=released").at("/items/0");
        assertThat(released.get("released_by").asString()).isEqualTo("level_change");
        assertThat(released.get("price").decimalValue()).isEqualByComparingTo("1085");
        assertThat(released.get("median").decimalValue()).isEqualByComparingTo("1.085");
        assertThat(released.at("/tick/last").isNull()).isTrue();
        assertThat(list("symbol=LIST").get("items").size()).as("no candles").isZero();
    }

    @Test
    void requestsReleaseOnTickTopic() {
        long id = quarantine("FREE", "2025-10-20T03:00:10Z", "held");

        JsonNode response = json(release(id, IngestTestEnvironment.KEY), 202);

        assertThat(response.get("pending").asString()).isEqualTo("release");
        assertThat(response.get("state").asString()).isEqualTo("held");
        assertThat(changes("FREE")).singleElement().satisfies((ticks) -> {
            assertThat(ticks.change()).isEqualTo(new TickChange(TickChange.Kind.RELEASE, "tester"));
            assertThat(ticks.bid(0)).isEqualTo(108_500_000_000L);
            assertThat(ticks.time(0)).isEqualTo(Instant.parse("2025-10-20T03:00:10Z").toEpochMilli());
        });
    }

    @Test
    void requestsUndoOfRelease() {
        long id = quarantine("BACK", "2025-10-20T03:00:10Z", "released");
        long held = quarantine("BACK", "2025-10-20T03:00:11Z", "held");

        JsonNode response = json(undo(id), 202);

        assertThat(response.get("pending").asString()).isEqualTo("undo");
        assertThat(json(undo(held), 200).has("pending")).isFalse();
        assertThat(changes("BACK")).singleElement()
            .satisfies((ticks) -> assertThat(ticks.change()).isEqualTo(new TickChange(TickChange.Kind.UNDO, "tester")));
    }

    @Test
    void requestsNothingIfTickIsReleased() {
        long id = quarantine("DONE", "2025-10-20T03:00:10Z", "released");

        assertThat(json(release(id, IngestTestEnvironment.KEY), 200).has("pending")).isFalse();
        assertThat(changes("DONE")).isEmpty();
    }

    @Test
    void hidesTicksOfOtherFeeds() {
        long id = quarantine("MINE", "2025-10-20T03:00:10Z", "held");

        json(release(id, "athens"), 404);
        json(release(id + 1_000_000, IngestTestEnvironment.KEY), 404);
        assertThat(changes("MINE")).isEmpty();
    }

    @Test
    void releasesTicksOfRangeInOneRecord() {
        for (int i = 0; i < 6; i++) {
            quarantine("RANGE", "2025-10-20T03:0" + i + ":00Z", "held");
        }
        JsonNode response = json(
                bulk("""
                        {"symbol":"RANGE","timeframe":"tick","from":"2025-10-20T03:01:00Z","to":"2025-10-20T04:05:00+01:00"}"""),
                200);

        assertThat(response.get("requested").asInt()).isEqualTo(4);
        assertThat(response.get("remaining").asInt()).isZero();
        assertThat(changes("RANGE")).singleElement().satisfies((ticks) -> {
            assertThat(ticks.size()).isEqualTo(4);
            assertThat(ticks.change()).isEqualTo(new TickChange(TickChange.Kind.RELEASE, "tester"));
        });
    }

    @Test
    void releasesCandlesOfRange() {
        List<String> validItems = new ArrayList<>();
        List<String> outliers = new ArrayList<>();
        for (int i = 10; i < 40; i++) {
            validItems.add(item("CANDLES", "2025-10-20T03:" + i + ":00Z", "1.05"));
        }
        for (int i = 41; i < 51; i++) {
            outliers.add(item("CANDLES", "2025-10-20T03:" + i + ":00Z", "1050"));
        }
        json(ENVIRONMENT.post("/ingest_batch", validItems.toString()), 200);
        json(ENVIRONMENT.post("/ingest_batch", outliers.toString()), 422);

        JsonNode first = json(bulk("""
                {"symbol":"CANDLES","timeframe":"M1","from":"2025-10-20T03:41:00Z","to":"2025-10-20T03:46:00Z"}"""),
                200);
        JsonNode second = json(bulk("""
                {"symbol":"CANDLES","from":"2025-10-20T03:00:00Z","to":"2025-10-20T04:00:00Z"}"""), 200);
        JsonNode third = json(bulk("""
                {"symbol":"CANDLES","from":"2025-10-20T03:00:00Z","to":"2025-10-20T04:00:00Z"}"""), 200);

        assertThat(first.get("released").asInt()).isEqualTo(5);
        assertThat(second.get("released").asInt()).isEqualTo(5);
        assertThat(third.get("released").asInt()).isZero();
        assertThat(ENVIRONMENT.sql("select count(*) from market.candle where symbol = 'CANDLES'"))
            .containsExactly("40");
        assertThat(ENVIRONMENT.sql("select distinct released_by from ingest.quarantine where symbol = 'CANDLES'"))
            .containsExactly("tester");
    }

    @Test
    void assignsOddIdsToCandlesAndEvenIdsToTicks() {
        long tick = quarantine("ODD", "2025-10-20T03:00:10Z", "held");
        json(ENVIRONMENT.post("/ingest", item("ODD", "2025-10-20T03:00:00Z", "1.05")), 200);
        json(ENVIRONMENT.post("/ingest", item("ODD", "2025-10-20T03:08:00Z", "1050")), 422);
        json(ENVIRONMENT.post("/ingest", item("ODD", "2025-10-20T03:09:00Z", "1050")), 422);

        assertThat(tick).isEven();
        assertThat(ENVIRONMENT.sql("select distinct id % 2 from ingest.quarantine")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"symbol\":\"A\"}", "[]", "x",
            "{\"symbol\":\"A\",\"from\":\"2025-10-20T03:00:00Z\",\"to\":\"2025-10-20T03:00:00Z\"}",
            "{\"symbol\":\"A\",\"from\":\"2025-10-20T03:00:00\",\"to\":\"2025-10-20T04:00:00Z\"}",
            "{\"symbol\":\"A\",\"timeframe\":\"M2\",\"from\":\"2025-10-20T03:00:00Z\",\"to\":\"2025-10-20T04:00:00Z\"}" })
    void refusesABulkReleaseThatIsNotUnderstood(String body) {
        assertThat(bulk(body).statusCode()).isEqualTo(400);
    }

    @Test
    void requiresKeyForBulkRelease() {
        assertThat(ENVIRONMENT
            .send(ENVIRONMENT.request("/api/quarantine/release")
                .setHeader("X-API-Key", "nobody")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"symbol":"A","from":"2025-10-20T03:00:00Z","to":"2025-10-20T04:00:00Z"}""")))
            .statusCode()).isEqualTo(401);
    }

    private static String item(String symbol, String ts, String price) {
        return Items.candle()
            .with("symbol", "\"" + symbol + "\"")
            .with("ts", "\"" + ts + "\"")
            .with("open", price)
            .with("high", price)
            .with("low", price)
            .with("close", price)
            .json();
    }

    /** Inserts a tick as the aggregator does. */
    private static long quarantine(String symbol, String ts, String state) {
        DatabaseCredentials owner = ENVIRONMENT.postgres().login("pregao_aggregator");
        try (Connection connection = DriverManager.getConnection("jdbc:" + ENVIRONMENT.postgres().url(), owner.user(),
                owner.password()); Statement statement = connection.createStatement()) {
            boolean released = state.equals("released");
            var rows = statement.executeQuery("""
                    insert into market.tick_quarantine (feed, symbol, ts, seq, bid, ask, last, volume, flags, price,
                        median, neighbors, state, received_at, released_at, released_by)
                    values ('mt5', '%s', '%s', 0, 1085, 1085, 0, 0, 0, 1085, 1.085, 20, '%s', now(), %s, %s)
                    returning id""".formatted(symbol, ts, state, released ? "now()" : "null",
                    released ? "'level_change'" : "null"));
            rows.next();
            return rows.getLong(1);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static List<TickBatch> changes(String symbol) {
        Map<String, Object> settings = Map.of("bootstrap.servers", ENVIRONMENT.kafkaServers());
        List<TickBatch> batches = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("tick")
                .stream()
                .map((partitionInfo) -> new TopicPartition("tick", partitionInfo.partition()))
                .collect(Collectors.toList());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!partitions.stream()
                .allMatch((topicPartition) -> consumer.position(topicPartition) >= ends.getOrDefault(topicPartition,
                        0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach((record) -> {
                    if (record.key().equals("mt5|" + symbol)) {
                        batches.add(TickCodec.decode(record.value()));
                    }
                });
            }
        }
        return batches;
    }

    private static JsonNode list(String query) {
        return json(ENVIRONMENT.get("/api/quarantine?" + query), 200);
    }

    private static HttpResponse<String> bulk(String body) {
        return ENVIRONMENT.post("/api/quarantine/release", body);
    }

    private static HttpResponse<String> release(long id, String key) {
        return ENVIRONMENT.send(ENVIRONMENT.request("/api/quarantine/" + id + "/release")
            .setHeader("X-API-Key", key)
            .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<String> undo(long id) {
        return ENVIRONMENT.send(ENVIRONMENT.request("/api/quarantine/" + id + "/release").DELETE());
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

}
