package pregao.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.feed.FeedCodec;
import pregao.contracts.tick.TickCodec;
import pregao.devcluster.postgres.DatabaseCredentials;

import static org.assertj.core.api.Assertions.assertThat;

class IngestServiceSliceTests {

    private static final IngestTestEnvironment ENVIRONMENT = IngestTestEnvironment.start();

    @BeforeAll
    static void awaitReady() {
        ENVIRONMENT.awaitReady();
    }

    @AfterAll
    static void stop() {
        ENVIRONMENT.close();
    }

    @Test
    void storesAndPublishesCandles() {
        String candle = Items.candle().with("symbol", "\"STORED\"").with("spread", "2").with("final", "true").json();
        assertThat(ENVIRONMENT.post("/ingest", "{\"items\":[" + candle + "]}").body())
            .isEqualTo("{\"ok\":true,\"received\":1,\"inserted\":1,\"updated\":0,\"duplicates\":0,\"rejected\":0,"
                    + "\"details\":[{\"symbol\":\"STORED\",\"timeframe\":\"M1\","
                    + "\"ts_original\":\"2025-10-20T03:00:00Z\",\"ts_bucket\":\"2025-10-20T03:00:00Z\","
                    + "\"status\":\"inserted\"}]}");
        assertThat(ENVIRONMENT.post("/ingest_batch", "[" + candle + "]").body()).contains("\"inserted\":0",
                "\"duplicates\":1");
        assertThat(ENVIRONMENT.post("/ingest_batch", "[" + candle.replace("1.0856", "1.0855") + "]").body())
            .contains("\"status\":\"duplicate\",\"conflict\":true");
        assertThat(candles("STORED")).singleElement().satisfies((published) -> {
            assertThat(published.revision()).isEqualTo(1);
            assertThat(published.isFinal()).isTrue();
            assertThat(published.close()).isEqualTo(108_560_000);
        });
        assertThat(ENVIRONMENT.get("/ingest/cursor?symbol=STORED&timeframe=M1").body())
            .isEqualTo("{\"feed\":\"mt5\",\"symbol\":\"STORED\",\"timeframe\":\"M1\","
                    + "\"last_ts\":\"2025-10-20T03:00:00Z\",\"next_ts\":\"2025-10-20T03:01:00Z\"}");
    }

    @Test
    void upsertsRepeatsOfRequestInOrder() {
        Items forming = Items.candle().with("symbol", "\"REPEAT\"").with("complete", "false");
        String body = "[" + forming.json() + "," + forming.with("close", "1.0857").json() + "," + forming.json() + ","
                + forming.with("complete", "true").with("volume", "151").json() + "]";
        assertThat(ENVIRONMENT.post("/ingest_batch", body).body()).contains("\"inserted\":1", "\"updated\":2",
                "\"duplicates\":1");
        assertThat(candles("REPEAT")).extracting(Candle::revision).as("put once").containsExactly(1);
    }

    @Test
    void returnsFormingCandleAsNextPosition() {
        String forming = Items.candle().with("symbol", "\"NEXT\"").with("final", "false").json();
        ENVIRONMENT.post("/ingest_batch",
                "[" + forming.replace("03:00:00", "02:59:00").replace("\"final\":false", "\"final\":true") + ","
                        + forming + "]");
        assertThat(ENVIRONMENT.get("/ingest/cursor?symbol=NEXT&timeframe=M1").body())
            .contains("\"last_ts\":\"2025-10-20T03:00:00Z\",\"next_ts\":\"2025-10-20T03:00:00Z\"");
        assertThat(ENVIRONMENT.get("/ingest/cursor?symbol=NOTHING&timeframe=tick").body())
            .contains("\"last_ts\":null,\"next_ts\":null");
    }

    @Test
    void publishesTicks() {
        String tick = Items.tick().with("symbol", "\"TICKS\"").json();
        assertThat(ENVIRONMENT.post("/ingest/tick", "{\"ticks\":[" + tick + "]}").body())
            .contains("\"received\":1,\"duplicates\":0,\"rejected\":0", "\"ts_bucket\":\"2025-10-20T03:01:00Z\"");
        assertThat(read("tick", "mt5|TICKS")).singleElement()
            .satisfies((value) -> assertThat(TickCodec.decode(value).bid(0)).isEqualTo(108_550_000));
    }

    @Test
    void returnsCursorInTimeZoneOfRequests() {
        HttpRequest.Builder request = ENVIRONMENT.request("/ingest")
            .setHeader("X-API-Key", "athens")
            .POST(HttpRequest.BodyPublishers.ofString(Items.candle()
                .with("symbol", "\"ZONE\"")
                .with("ts", "\"2025-10-20T06:00:00Z\"")
                .with("final", "true")
                .json()));
        assertThat(ENVIRONMENT.send(request).body()).contains("\"ts_bucket\":\"2025-10-20T03:00:00Z\"");
        assertThat(ENVIRONMENT
            .send(ENVIRONMENT.request("/ingest/cursor?symbol=ZONE&timeframe=1").setHeader("X-API-Key", "athens"))
            .body()).contains("\"last_ts\":\"2025-10-20T06:00:00+03:00\",\"next_ts\":\"2025-10-20T06:01:00+03:00\"");
        assertThat(ENVIRONMENT
            .send(ENVIRONMENT.request("/ingest/cursor?symbol=ZONE&timeframe=M1")
                .setHeader("X-API-Key", "athens")
                .header("X-UTC-Offset", "-3"))
            .body()).contains("\"last_ts\":\"2025-10-20T00:00:00-03:00\"");
    }

    @Test
    void storesSymbolsAndSpreadsOfEveryKind() {
        for (String symbol : List.of("WIN$N", "Volatility 75 (1s) Index", "币安人生USDT", "NULL", "O'NEIL", "A{B")) {
            String body = Items.candle().with("symbol", '"' + symbol + '"').with("spread", "3").json();
            HttpResponse<String> response = ENVIRONMENT.post("/ingest", body);
            boolean valid = !symbol.contains("{");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(valid ? 200 : 422);
            assertThat(candles(symbol)).hasSize(valid ? 1 : 0);
        }
        assertThat(ENVIRONMENT.sql("select spread_unit from market.candle where symbol = 'WIN$N'"))
            .containsExactly("unknown");
    }

    @Test
    void storesInstrumentsDigitsAndRejections() {
        ENVIRONMENT.post("/ingest", Items.candle().with("symbol", "\"KNOWN\"").with("digits", "3").json());
        ENVIRONMENT.post("/ingest", Items.candle().with("symbol", "\"ZERO\"").with("close", "0.000000").json());
        IngestTestEnvironment.await("the instrument is stored",
                () -> ENVIRONMENT.sql("select digits from ingest.instrument where feed = 'mt5' and symbol = 'KNOWN'")
                    .equals(List.of("3")));
        IngestTestEnvironment.await("the rejection is counted", () -> ENVIRONMENT
            .sql("select count from ingest.rejection where feed = 'mt5' and item = 'candle' and field = 'close' "
                    + "and reason = 'range' and symbol = 'ZERO' and example like 'close is 0.000000;%'")
            .equals(List.of("1")));
        assertThat(ENVIRONMENT.sql("select count(*) from ingest.instrument where symbol = 'ZERO'"))
            .as("a rejected item makes no instrument")
            .containsExactly("0");
    }

    @Test
    void publishesItsFeedsAndFollowsTheTopic() {
        assertThat(read("feed", "athens")).isNotEmpty()
            .allSatisfy(
                    (value) -> assertThat(FeedCodec.decode(value).clock().text()).isEqualTo("America/New_York+07:00"));
    }

    @Test
    void publishesOutboxRowsLeftByCrash() throws SQLException {
        String candle = Items.candle().with("symbol", "\"LEFT\"").json();
        ENVIRONMENT.post("/ingest", candle);
        byte[] message = read("candle", "mt5|LEFT").getFirst();
        String row = HexFormat.of().formatHex(new byte[] { 0, 8 })
                + HexFormat.of().formatHex("mt5|LEFT".getBytes(StandardCharsets.US_ASCII))
                + "%04x".formatted(message.length) + HexFormat.of().formatHex(message);
        try (Connection connection = database(); Statement statement = connection.createStatement()) {
            // The state if the service crashes between commit and publication.
            statement.execute("insert into ingest.outbox (messages, created_at) values ('\\x" + row
                    + "', now() - interval '1 minute')");
        }
        IngestTestEnvironment.await("the row is published", () -> read("candle", "mt5|LEFT").size() == 2);
        ENVIRONMENT.awaitPublished();
    }

    @Test
    void setsBadOutboxRowAsideAndPublishesOthers() throws SQLException {
        String candle = Items.candle().with("symbol", "\"BEHIND\"").json();
        ENVIRONMENT.post("/ingest", candle);
        byte[] message = read("candle", "mt5|BEHIND").getFirst();
        String row = "ff" + "%04x".formatted("mt5|AHEAD".length())
                + HexFormat.of().formatHex("mt5|AHEAD".getBytes(StandardCharsets.US_ASCII))
                + "%08x".formatted(message.length) + HexFormat.of().formatHex(message);
        try (Connection connection = database(); Statement statement = connection.createStatement()) {
            for (int i = 0; i < 12; i++) {
                statement.execute("insert into ingest.outbox (messages, created_at) "
                        + "values ('\\xff0001', now() - interval '2 minutes')");
            }
            statement.execute("insert into ingest.outbox (messages, created_at) values ('\\x" + row
                    + "', now() - interval '1 minute')");
            IngestTestEnvironment.await("the good row is published", () -> !read("candle", "mt5|AHEAD").isEmpty());
            IngestTestEnvironment.await("the bad rows are set aside",
                    () -> ENVIRONMENT.metrics().contains("pregao_outbox_rows{state=\"set_aside\"} 12.0"));
            assertThat(ENVIRONMENT.sql("select distinct attempts || ' ' || (failure like '%cannot be read%') "
                    + "from ingest.outbox where set_aside_at is not null"))
                .containsExactly("5 true");
            assertThat(ENVIRONMENT.metrics()).contains("pregao_outbox_rows{state=\"waiting\"} 0.0",
                    "pregao_outbox_age_seconds 0.0");
        }
        finally {
            try (Connection connection = database(); Statement statement = connection.createStatement()) {
                statement.execute("delete from ingest.outbox");
            }
        }
    }

    @Test
    void continuesWithoutKafkaAndRecovers() {
        String tick = "{\"ticks\":[" + Items.tick().with("symbol", "\"AWAY\"").json() + "]}";
        String candle = Items.candle().with("symbol", "\"AWAY\"").json();
        ENVIRONMENT.stopKafka();
        try {
            long start = System.nanoTime();
            HttpResponse<String> rejected = ENVIRONMENT.post("/ingest/tick", tick);
            assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(503);
            assertThat(rejected.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            assertThat(ENVIRONMENT.post("/ingest", candle).body()).contains("\"inserted\":1");
            IngestTestEnvironment.await("the service is not ready",
                    () -> ENVIRONMENT.get("/readyz").statusCode() == 503);
        }
        finally {
            ENVIRONMENT.startKafka();
        }
        IngestTestEnvironment.await("ticks are taken again",
                () -> ENVIRONMENT.post("/ingest/tick", tick).statusCode() == 200);
        IngestTestEnvironment.await("the candle is published late", () -> !candles("AWAY").isEmpty());
        ENVIRONMENT.awaitReady();
    }

    @Test
    void readsOnIfNextRequestArrivesEarly() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ENVIRONMENT.port())) {
            socket.setSoTimeout(30_000);
            // The first response requires the database, the second is immediate: the
            // third must not be forgotten.
            String early = line("/ingest/cursor?symbol=EARLY&timeframe=M1") + line("/health");
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write(early.getBytes(StandardCharsets.US_ASCII));
                readUntil(socket, "\"symbol\":\"EARLY\"");
                readUntil(socket, "\"status\":\"healthy\"");
                socket.getOutputStream().write(line("/health").getBytes(StandardCharsets.US_ASCII));
                readUntil(socket, "\"status\":\"healthy\"");
            }
        }
    }

    private static String line(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + IngestTestEnvironment.KEY + "\r\n\r\n";
    }

    /** Reads byte by byte, because the following bytes belong to the next response. */
    private static void readUntil(Socket socket, String expected) throws IOException {
        StringBuilder received = new StringBuilder();
        while (received.indexOf(expected) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the connection stays open; seen: %s", received).isNotNegative();
            received.append((char) next);
        }
    }

    @Test
    void servesProbesMetricsAndOpenApiDocument() {
        assertThat(ENVIRONMENT.get("/livez").statusCode()).isEqualTo(200);
        assertThat(ENVIRONMENT.get("/health").body()).startsWith("{\"status\":\"healthy\",\"timestamp\":\"");
        assertThat(ENVIRONMENT.metrics()).contains("pregao_ingest_in_flight_requests");
        assertThat(ENVIRONMENT.get("/v3/api-docs").body()).contains("\"openapi\":\"3.1.0\"", "\"/ingest/tick\"",
                "\"api-key\"", "2025-10-20T03:01:10.123Z");
    }

    private static List<Candle> candles(String symbol) {
        return read("candle", "mt5|" + symbol).stream().map((value) -> CandleCodec.decode(value).candle()).toList();
    }

    private static List<byte[]> read(String topic, String key) {
        return ENVIRONMENT.records(topic, key);
    }

    private static Connection database() throws SQLException {
        DatabaseCredentials login = ENVIRONMENT.postgres().login("pregao_ingest");
        return DriverManager.getConnection("jdbc:" + ENVIRONMENT.postgres().url(), login.user(), login.password());
    }

}
