package pregao.system;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.devcluster.service.Service;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Http;
import pregao.system.driver.ReadCandle;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes in by the documented requests comes out by the documented answers.
 */
@SystemTest
class FlowSystemTests {

    private static final Instant MAY = Instant.parse("2025-05-20T03:00:00Z");

    @Test
    void answersTheDocumentsCandle(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.PLAIN);
        String item = """
                {
                      "symbol": "EURUSD",
                      "timeframe": "M1",
                      "ts": "2025-10-20T03:00:00Z",
                      "open": 1.0855,
                      "high": 1.0857,
                      "low": 1.0854,
                      "close": 1.0856,
                      "volume": 150,
                      "spread": 2
                    }""";
        assertThat(trader.http().post("/ingest", "{\n  \"items\": [\n    " + item + "\n  ]\n}\n")).hasToString("""
                200 {"ok":true,"received":1,"inserted":1,"updated":0,"duplicates":0,"rejected":0,"details":[\
                {"symbol":"EURUSD","timeframe":"M1","ts_original":"2025-10-20T03:00:00Z",\
                "ts_bucket":"2025-10-20T03:00:00Z","status":"inserted"}]}""");
        assertThat(trader.http().post("/ingest", item)).hasToString("""
                200 {"ok":true,"received":1,"inserted":0,"updated":0,"duplicates":1,"rejected":0,"details":[\
                {"symbol":"EURUSD","timeframe":"M1","ts_original":"2025-10-20T03:00:00Z",\
                "ts_bucket":"2025-10-20T03:00:00Z","status":"duplicate"}]}""");
    }

    @Test
    void answersTheDocumentsBatch(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.PLAIN);
        String body = """
                [
                  {
                    "symbol": "EURUSD",
                    "timeframe": "M1",
                    "ts": "2025-10-20T03:00:00Z",
                    "open": 1.0855,
                    "high": 1.0857,
                    "low": 1.0854,
                    "close": 1.0856,
                    "volume": 150,
                    "spread": 2
                  },
                  {
                    "symbol": "GBPUSD",
                    "timeframe": "M1",
                    "ts": "2025-10-20T03:00:00Z",
                    "open": 1.2850,
                    "high": 1.2852,
                    "low": 1.2849,
                    "close": 1.2851,
                    "volume": 120,
                    "spread": 2
                  }
                ]
                """;
        assertThat(trader.http().post("/ingest_batch", body)).hasToString("""
                200 {"ok":true,"received":2,"inserted":2,"updated":0,"duplicates":0,"rejected":0,"details":[\
                {"symbol":"EURUSD","timeframe":"M1","ts_original":"2025-10-20T03:00:00Z",\
                "ts_bucket":"2025-10-20T03:00:00Z","status":"inserted"},\
                {"symbol":"GBPUSD","timeframe":"M1","ts_original":"2025-10-20T03:00:00Z",\
                "ts_bucket":"2025-10-20T03:00:00Z","status":"inserted"}]}""");
    }

    @Test
    void answersTheDocumentsTicks(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.PLAIN);
        String body = """
                {
                  "ticks": [
                    {
                      "symbol": "EURUSD",
                      "ts": "2025-10-20T03:01:10.123Z",
                      "bid": 1.0855,
                      "ask": 1.0857
                    },
                    {
                      "symbol": "EURUSD",
                      "ts": "2025-10-20T03:01:15.456Z",
                      "bid": 1.0856,
                      "ask": 1.0858
                    }
                  ]
                }
                """;
        assertThat(trader.http().post("/ingest/tick", body)).hasToString("""
                200 {"ok":true,"received":2,"duplicates":0,"rejected":0,"details":[\
                {"symbol":"EURUSD","ts_original":"2025-10-20T03:01:10.123Z","ts_bucket":"2025-10-20T03:01:00Z",\
                "status":"received"},\
                {"symbol":"EURUSD","ts_original":"2025-10-20T03:01:15.456Z","ts_bucket":"2025-10-20T03:01:00Z",\
                "status":"received"}]}""");
        ReadCandle candle = trader
            .awaitFinal(1, "EURUSD", "M1", Instant.parse("2025-10-20T03:01:00Z"), Duration.ofMinutes(1))
            .getFirst();
        assertThat(candle.values()).isEqualTo("2025-10-20T03:01:00Z 1.0856 1.0857 1.0856 1.0857 v2 s0.0002");
        assertThat(candle.source()).isEqualTo("ticks");
    }

    @Test
    void foldsTicksIntoMinutesAndMinutesIntoEveryLongerCandle(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.RECORDED);
        trader.ticks(List.of(Quotes.tick("EURUSD", MAY.plusMillis(100), "1.1000"),
                Quotes.tick("EURUSD", MAY.plusSeconds(30), "1.1010"),
                Quotes.tick("EURUSD", MAY.plusSeconds(59), "1.0990"),
                Quotes.tick("EURUSD", MAY.plusSeconds(61), "1.0980"),
                Quotes.tick("EURUSD", MAY.plusSeconds(250), "1.1020")));
        assertThat(trader.awaitFinal(3, "EURUSD", "M1", MAY, Duration.ofMinutes(5))).extracting(ReadCandle::values)
            .containsExactly("2025-05-20T03:00:00Z 1.1001 1.1011 1.0991 1.0991 v3 s0.0002",
                    "2025-05-20T03:01:00Z 1.0981 1.0981 1.0981 1.0981 v1 s0.0002",
                    "2025-05-20T03:04:00Z 1.1021 1.1021 1.1021 1.1021 v1 s0.0002");
        for (String timeframe : List.of("M5", "M15", "M30", "H1", "H4", "D1")) {
            Instant day = Instant.parse("2025-05-20T00:00:00Z");
            List<ReadCandle> candles = trader.awaitFinal(1, "EURUSD", timeframe, day, Duration.ofDays(1));
            assertThat(candles.getFirst().values()).as(timeframe).endsWith("1.1001 1.1021 1.0981 1.1021 v5 s0.0002");
            assertThat(candles.getFirst().source()).as(timeframe).isEqualTo("rollup");
        }
    }

    @Test
    void letsALateTickChangeWhatWasFinal(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.RECORDED);
        trader.ticks(List.of(Quotes.tick("EURUSD", MAY.plusSeconds(1), "1.1000"),
                Quotes.tick("EURUSD", MAY.plusSeconds(600), "1.2000")));
        int before = trader.awaitFinal(1, "EURUSD", "M1", MAY, Duration.ofMinutes(1)).getFirst().revision();
        trader.ticks(List.of(Quotes.tick("EURUSD", MAY.plusSeconds(2), "1.3000")));
        ReadCandle after = trader
            .await("the late tick to be counted", "EURUSD", "M1", MAY, MAY.plusSeconds(60),
                    (candles) -> candles.size() == 1 && candles.getFirst().volume().intValue() == 2)
            .getFirst();
        assertThat(after.values()).isEqualTo("2025-05-20T03:00:00Z 1.1001 1.3001 1.1001 1.3001 v2 s0.0002");
        assertThat(after.revision()).isGreaterThan(before);
        assertThat(after.complete()).isTrue();
        trader.await("the hour to follow", "EURUSD", "H1", MAY, MAY.plusSeconds(3600),
                (candles) -> candles.size() == 1 && candles.getFirst().high().toPlainString().equals("1.3001"));
    }

    @Test
    void letsAGivenCandleOutrankABuiltOne(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.RECORDED);
        trader.ticks(List.of(Quotes.tick("EURUSD", MAY.plusSeconds(1), "1.1000"),
                Quotes.tick("EURUSD", MAY.plusSeconds(600), "1.2000")));
        trader.awaitFinal(1, "EURUSD", "M1", MAY, Duration.ofMinutes(1));
        assertThat(trader.candles(List.of(Quotes.m1("EURUSD", MAY, "1.5", "1.6", "1.4", "1.55"))).count("updated"))
            .isEqualTo(1);
        ReadCandle given = trader.read("EURUSD", "M1", MAY, MAY.plusSeconds(60)).getFirst();
        assertThat(given.prices()).isEqualTo("2025-05-20T03:00:00Z 1.5 1.6 1.4 1.55");
        assertThat(given.source()).isEqualTo("given");
        Answer other = trader.candles(List.of(Quotes.m1("EURUSD", MAY, "1.7", "1.8", "1.6", "1.75")));
        assertThat(other.count("duplicates")).isEqualTo(1);
        assertThat(other.json().path("details").path(0).path("conflict").asBoolean()).isTrue();
        trader.await("the hour to be folded from the given one", "EURUSD", "H1", MAY, MAY.plusSeconds(3600),
                (candles) -> candles.size() == 1 && candles.getFirst().open().toPlainString().equals("1.5")
                        && candles.getFirst().high().toPlainString().equals("1.6"));
    }

    @Test
    void takesWhatIsRightBesideWhatIsWrong(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.PLAIN);
        Answer answer = trader.candles(List.of(Quotes.m1("EURUSD", MAY, "1.1", "1.2", "1.0", "1.1"),
                Quotes.m1("EURUSD", MAY.plusSeconds(60), "1.1", "1.05", "1.0", "1.1"),
                Quotes.m1("EURUSD", MAY.plusSeconds(120), "1.1", "1.2", "1.0", "1.1")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.count("inserted")).isEqualTo(2);
        assertThat(answer.count("rejected")).isEqualTo(1);
        JsonNode wrong = answer.json().path("details").path(1);
        assertThat(wrong.path("status").asString()).isEqualTo("rejected");
        assertThat(wrong.path("reason").asString()).contains("high");
        assertThat(trader.read("EURUSD", "M1", MAY, MAY.plusSeconds(600))).hasSize(2);
    }

    @Test
    void saysWhereToGoOn(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.RECORDED);
        trader.candles(List.of(Quotes.m1("EURUSD", MAY.plusSeconds(120), "1.1", "1.2", "1.0", "1.1"),
                Quotes.m1("EURUSD", MAY, "1.1", "1.2", "1.0", "1.1")));
        Answer answer = trader.cursor("EURUSD", "M1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("feed").asString()).isEqualTo(trader.feed());
        assertThat(answer.json().path("symbol").asString()).isEqualTo("EURUSD");
        assertThat(answer.json().path("timeframe").asString()).isEqualTo("M1");
        assertThat(answer.json().path("last_ts").asString()).isEqualTo("2025-05-20T03:02:00Z");
        assertThat(answer.json().path("next_ts").asString()).isEqualTo("2025-05-20T03:03:00Z");
    }

    @Test
    void readsInPagesWithoutGapOrOverlap(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.PLAIN);
        List<String> items = new java.util.ArrayList<>();
        for (int minute = 0; minute < 250; minute++) {
            items.add(Quotes.m1("EURUSD", MAY.plusSeconds(60L * minute), "1.1", "1.2", "1.0", "1." + (1000 + minute)));
        }
        trader.candles(items);
        List<ReadCandle> whole = trader.read("EURUSD", "M1", MAY, MAY.plusSeconds(60 * 250));
        assertThat(whole).hasSize(250).isSortedAccordingTo((left, right) -> left.ts().compareTo(right.ts()));
        assertThat(trader.read("EURUSD", "M1", MAY, MAY.plusSeconds(60 * 250), 37)).isEqualTo(whole);
        assertThat(trader.read("EURUSD", "M1", MAY.plusSeconds(60), MAY.plusSeconds(180))).hasSize(2);
        JsonNode latest = trader.http().get("/api/market-data?symbol=EURUSD&timeframe=M1&limit=3").json();
        assertThat(latest.path("items")).hasSize(3);
        assertThat(latest.path("items").path(2).path("ts").asString()).isEqualTo("2025-05-20T07:09:00Z");
        assertThat(latest.path("items").path(2).path("rsi").asDouble()).as("after nothing but gains").isEqualTo(100);
        assertThat(latest.path("feed").asString()).isEqualTo(trader.feed());
    }

    @Test
    void listsInstruments(SystemUnderTest system) {
        Trader trader = system.trader("flow", Feeds.PLAIN);
        trader.candles(List.of(Quotes.m1("EURUSD", MAY, "1.1", "1.2", "1.0", "1.1"),
                Quotes.m1("BTC/USD#x", MAY, "1.1", "1.2", "1.0", "1.1")));
        Await.see("both instruments",
                () -> trader.http()
                    .get("/api/instruments?feed=" + trader.feed())
                    .json()
                    .path("items")
                    .findValuesAsString("symbol"),
                (symbols) -> Set.copyOf(symbols).equals(Set.of("EURUSD", "BTC/USD#x")));
    }

    @Test
    void keepsFeedsApart(SystemUnderTest system) {
        Trader one = system.trader("flow", Feeds.PLAIN);
        Trader other = system.trader("flow", Feeds.PLAIN);
        one.candles(List.of(Quotes.m1("EURUSD", MAY, "1.1", "1.2", "1.0", "1.1")));
        assertThat(other.read("EURUSD", "M1", MAY, MAY.plusSeconds(60))).isEmpty();
        assertThat(other.candles(List.of(Quotes.m1("EURUSD", MAY, "2.1", "2.2", "2.0", "2.1"))).count("inserted"))
            .isEqualTo(1);
    }

    @Test
    void showsHealthAndDocumentsToEverybody(SystemUnderTest system) {
        Http anybody = new Http(system.url());
        Answer health = anybody.get("/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body()).matches("\\{\"status\":\"healthy\",\"timestamp\":\"[^\"]+Z\"}");
        assertThat(anybody.get("/docs").status()).isIn(200, 302, 303, 307);
        for (String service : List.of("gateway", "ingest", "aggregator", "indicators")) {
            Answer document = new Http(java.net.URI.create(system.stack().serviceUrl(service))).get("/v3/api-docs");
            assertThat(document.status()).as(service).isEqualTo(200);
            assertThat(document.json().path("openapi").asString()).as(service).startsWith("3.1");
        }
    }

    @Test
    void keepsMetricsFromTheOutside(SystemUnderTest system) {
        Http anybody = new Http(system.url());
        assertThat(anybody.get("/metrics").status()).isIn(401, 403, 404);
        assertThat(anybody.get("/actuator").status()).isIn(401, 403, 404);
        for (Service service : Service.values()) {
            String name = service.shortName();
            Http inside = new Http(java.net.URI.create(system.stack().serviceUrl(name)));
            assertThat(inside.get("/metrics").status()).as(name).isIn(401, 403, 404);
            assertThat(inside.get("/loggers").status()).as(name).isIn(401, 403, 404);
            Answer metrics = new Http(system.managementUrl(name)).get("/metrics");
            assertThat(metrics.status()).as(name).isEqualTo(200);
            assertThat(metrics.body()).as(name).contains("# TYPE jvm_memory_used_bytes gauge");
        }
    }

    @Test
    void letsNobodyInWithoutAKey(SystemUnderTest system) {
        Http anybody = new Http(system.url(), "Content-Type", "application/json");
        assertThat(anybody.post("/ingest", "{}").status()).isEqualTo(401);
        assertThat(anybody.with("X-API-Key", "wrong").post("/ingest/tick", "{\"ticks\":[]}").status()).isEqualTo(401);
        assertThat(anybody.get("/api/market-data?symbol=EURUSD&timeframe=M1").status()).isEqualTo(401);
    }

    @Test
    void takesTheOwnersKeyAsABearerTokenToo(SystemUnderTest system) {
        Trader owner = system.owner();
        Http bearer = new Http(system.url(), "Authorization", "Bearer " + owner.key(), "Content-Type",
                "application/json");
        assertThat(bearer.post("/ingest", "{\"items\":[" + Quotes.m1("BEARER", MAY, "1.1", "1.2", "1.0", "1.1") + "]}")
            .count("inserted")).isEqualTo(1);
        assertThat(bearer.get("/api/market-data?symbol=BEARER&timeframe=M1").json().path("items")).hasSize(1);
    }

}
