package pregao.indicators.marketdata;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.indicators.IndicatorsTestEnvironment;
import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@code /api/market-data} and {@code /api/instruments} of the running service.
 */
@Tag("store")
class MarketDataTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final TestTokenIssuer SIGNER = new TestTokenIssuer();

    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        MarketTestDatabase database = MarketTestDatabase.shared();
        database.putMinutes("mt5", "EURUSD", "2025-10-20T00:00:00Z", 1200);
        database.putMinutes("mt5", "XAUUSD+", "2025-10-20T00:00:00Z", 3);
        database.putMinutes("binance", "BTCUSDT", "2025-10-20T00:00:00Z", 1);
        database.execute("""
                insert into market.candle values ('mt5', 'EURUSD', 'M5', '2025-10-20T00:05:00Z', 1, 1, 1, 1, 50, 2,
                  'points', 'rollup', false, 1, 0) on conflict do nothing""");
        database.noteSeries();
        service = IndicatorsTestEnvironment.start(database, SIGNER.url());
    }

    @AfterAll
    static void stop() {
        service.close();
        SIGNER.stop();
    }

    @Test
    void answersTheLatestOldestFirst() {
        JsonNode page = page("symbol=EURUSD&timeframe=M1");
        assertThat(page.path("feed").asString()).isEqualTo("mt5");
        assertThat(page.path("items")).hasSize(500);
        assertThat(page.at("/items/0/close").asInt()).isEqualTo(701);
        assertThat(page.at("/items/499/close").asInt()).isEqualTo(1200);
        assertThat(page.path("next").isNull()).isTrue();
    }

    @Test
    void answersTheLatestBeforeTo() {
        JsonNode page = page("symbol=EURUSD&timeframe=M1&limit=2&to=2025-10-20T00:10:00Z");
        assertThat(closes(page)).containsExactly(8, 9);
    }

    @Test
    void includesFromAndExcludesTo() {
        JsonNode page = page("symbol=EURUSD&timeframe=M1&from=2025-10-20T00:05:00Z&to=2025-10-20T00:08:00Z");
        assertThat(closes(page)).containsExactly(5, 6, 7);
        assertThat(page.path("next").isNull()).isTrue();
    }

    @Test
    void takesEpochSecondsAndOffsetsWhosePlusIsNotEscaped() {
        assertThat(closes(page("symbol=EURUSD&timeframe=M1&from=1760918700&to=2025-10-20T02:07:00+02:00")))
            .containsExactly(5, 6);
    }

    @Test
    void goesThroughAllPagesWithoutGapOrRepeat() {
        String address = "symbol=EURUSD&timeframe=M1&limit=500&from=2025-10-20T00:00:00Z";
        JsonNode first = page(address);
        JsonNode second = page(address + "&cursor=" + first.path("next").asString());
        JsonNode third = page(address + "&cursor=" + second.path("next").asString());
        assertThat(List.of(closes(first).getFirst(), closes(first).getLast(), closes(second).getFirst(),
                closes(second).getLast(), closes(third).getFirst(), closes(third).getLast()))
            .containsExactly(1, 500, 501, 1000, 1001, 1200);
        assertThat(third.path("next").isNull()).isTrue();
    }

    @Test
    void endsWithoutANextPageWhereTheLimitIsMetExactly() {
        assertThat(page("symbol=EURUSD&timeframe=M1&limit=1200&from=0").path("next").isNull()).isTrue();
    }

    @Test
    void readsSymbolsWithSignsAndOtherFeeds() {
        assertThat(closes(page("symbol=XAUUSD%2B&timeframe=M1"))).containsExactly(1, 2, 3);
        assertThat(closes(page("symbol=XAUUSD+&timeframe=M1"))).containsExactly(1, 2, 3);
        assertThat(closes(page("symbol=BTCUSDT&timeframe=M1&feed=binance"))).containsExactly(1);
    }

    @Test
    void saysWhereSpreadsAreInPointsAndCandlesStillForm() {
        JsonNode candle = page("symbol=EURUSD&timeframe=M5").at("/items/0");
        assertThat(candle.path("spread_unit").asString()).isEqualTo("points");
        assertThat(candle.path("final").asBoolean()).isFalse();
        assertThat(candle.path("source").asString()).isEqualTo("rollup");
    }

    @Test
    void isEmptyWhereTheInstrumentHasNoSuchCandles() {
        assertThat(page("symbol=EURUSD&timeframe=D1").path("items")).isEmpty();
    }

    @Test
    void doesNotKnowAnInstrumentOfWhichNothingIsStored() {
        get("/api/market-data?symbol=NOPE&timeframe=M1").expectStatus()
            .isNotFound()
            .expectHeader()
            .contentType("application/problem+json")
            .expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/unknown-instrument")
            .jsonPath("$.trace_id")
            .isNotEmpty();
    }

    @Test
    void namesEveryParameterThatIsWrong() {
        get("/api/market-data?timeframe=M7&limit=0").expectStatus()
            .isBadRequest()
            .expectHeader()
            .contentType("application/problem+json")
            .expectBody()
            .jsonPath("$.errors[0].field")
            .isEqualTo("symbol")
            .jsonPath("$.errors[1].field")
            .isEqualTo("timeframe")
            .jsonPath("$.errors[2].field")
            .isEqualTo("limit")
            .jsonPath("$.errors.length()")
            .isEqualTo(3);
    }

    @Test
    void tellsTheTraceOfTheCaller() {
        service.client()
            .get()
            .uri("/api/nothing")
            .headers((headers) -> headers.setBearerAuth(SIGNER.token("read")))
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .exchange()
            .expectStatus()
            .isNotFound()
            .expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/not-found")
            .jsonPath("$.trace_id")
            .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void tellsWhichMethodsThereAre() {
        service.client()
            .post()
            .uri("/api/market-data")
            .headers((headers) -> headers.setBearerAuth(SIGNER.token("read")))
            .exchange()
            .expectStatus()
            .isEqualTo(405)
            .expectHeader()
            .valueEquals("Allow", "GET")
            .expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/method-not-allowed");
    }

    @Test
    void listsInstruments() {
        JsonNode jsonNode = body("/api/instruments");
        assertThat(jsonNode.path("items")).hasSize(3);
        JsonNode euro = body("/api/instruments?feed=mt5").at("/items/0");
        assertThat(euro.toString()).isEqualTo("""
                {"feed":"mt5","symbol":"EURUSD","timeframes":["M1","M5"],"first_ts":"2025-10-20T00:01:00Z",\
                "last_ts":"2025-10-20T20:00:00Z"}""");
        assertThat(body("/api/instruments?feed=mt5").path("items")).hasSize(2);
        assertThat(body("/api/instruments?feed=nobody").path("items")).isEmpty();
        get("/api/instruments?feed=NO").expectStatus().isBadRequest();
    }

    @Test
    void wouldNoticeAnEventLoopThatBlocks() {
        Mono<Long> blocking = Mono.delay(Duration.ofMillis(1)).doOnNext((tick) -> {
            try {
                Thread.sleep(1);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> blocking.block(Duration.ofSeconds(60)))
            .hasCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void hasDocumentsAndMetricsAndProbes() {
        assertThat(body("/v3/api-docs").path("openapi").asString()).startsWith("3.1");
        assertThat(body("/v3/api-docs").at("/paths/~1api~1market-data/get/parameters")).hasSize(8);
        get("/livez").expectStatus().isOk();
        get("/metrics").expectStatus().isNotFound();
        get("/loggers").expectStatus().isNotFound();
        service.managementClient()
            .get()
            .uri("/metrics")
            .exchange()
            .expectStatus()
            .isOk()
            .expectHeader()
            .contentTypeCompatibleWith("text/plain");
    }

    /** Covers the lists that exist, and those that are added later. */
    @Test
    void rejectsAFromAfterToInEveryListThatTakesBoth() {
        JsonNode paths = body("/v3/api-docs").path("paths");
        List<String> lists = paths.propertyStream()
            .filter((path) -> path.getValue()
                .at("/get/parameters")
                .findValuesAsString("name")
                .containsAll(List.of("from", "to")))
            .map(Map.Entry::getKey)
            .toList();
        assertThat(lists).contains("/api/market-data", "/api/coverage");
        for (String list : lists) {
            get(list + "?symbol=EURUSD&timeframe=M1&from=2025-10-20T00:08:00Z&to=2025-10-20T00:07:00Z").expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("to");
        }
    }

    /** If weeks are missing, a short window is not enough; the result is the same. */
    @Test
    void findsCandlesAcrossLongHoles() {
        MarketTestDatabase database = MarketTestDatabase.shared();
        database.putMinutes("holes", "EURUSD", "2024-01-01T00:00:00Z", 5);
        database.putMinutes("holes", "EURUSD", "2025-06-01T00:00:00Z", 2);
        database.putMinutes("holes", "EURUSD", "2025-10-20T00:00:00Z", 3);
        database.execute("delete from indicators.series where feed = 'holes'");
        database.noteSeries();
        String holes = "symbol=EURUSD&timeframe=M1&feed=holes";
        assertThat(closes(page(holes + "&limit=7"))).containsExactly(4, 5, 1, 2, 1, 2, 3);
        assertThat(closes(page(holes + "&limit=7&convention=mt5"))).containsExactly(4, 5, 1, 2, 1, 2, 3);
        JsonNode first = page(holes + "&limit=6&from=2023-01-01T00:00:00Z");
        assertThat(closes(first)).containsExactly(1, 2, 3, 4, 5, 1);
        assertThat(closes(page(holes + "&limit=6&cursor=" + first.path("next").asString()))).containsExactly(2, 1, 2,
                3);
        database.execute("update indicators.series set last_ts = first_ts where feed = 'holes'");
        assertThat(closes(page(holes))).as("more is stored than is noted").hasSize(10);
        database.execute("delete from market.candle where feed = 'holes'");
        database.execute("delete from indicators.series where feed = 'holes'");
    }

    @Test
    void answersManyLargePagesAtOnce() {
        byte[] body = get("/api/market-data?symbol=EURUSD&timeframe=M1&limit=5000").expectStatus()
            .isOk()
            .expectHeader()
            .exists("Content-Length")
            .expectBody()
            .returnResult()
            .getResponseBodyContent();
        List<JsonNode> pages = Flux.range(0, 20)
            .flatMap((i) -> Mono.fromCallable(() -> page("symbol=EURUSD&timeframe=M1&limit=5000"))
                .subscribeOn(Schedulers.boundedElastic()), 20)
            .collectList()
            .block(Duration.ofMinutes(2));
        assertThat(pages).hasSize(20).allSatisfy((page) -> assertThat(page).isEqualTo(JSON.readTree(body)));
    }

    private static List<Integer> closes(JsonNode page) {
        return page.path("items").valueStream().map((item) -> item.path("close").asInt()).toList();
    }

    private static JsonNode page(String parameters) {
        return body("/api/market-data?" + parameters);
    }

    private static JsonNode body(String address) {
        byte[] body = get(address).expectStatus().isOk().expectBody().returnResult().getResponseBodyContent();
        return JSON.readTree(body);
    }

    private static WebTestClient.ResponseSpec get(String address) {
        return service.client()
            .get()
            .uri(java.net.URI.create("http://127.0.0.1:" + service.port() + address))
            .headers((headers) -> headers.setBearerAuth(SIGNER.token("ingest read")))
            .exchange();
    }

}
