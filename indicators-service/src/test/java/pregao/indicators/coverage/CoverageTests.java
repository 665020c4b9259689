package pregao.indicators.coverage;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.indicators.IndicatorsTestEnvironment;
import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code /api/coverage} of the running service.
 */
@Tag("store")
class CoverageTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final TestTokenIssuer SIGNER = new TestTokenIssuer();

    private static MarketTestDatabase database;

    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        database = MarketTestDatabase.empty().migrated();
        service = IndicatorsTestEnvironment.start(database, SIGNER.url());
    }

    @AfterAll
    static void stop() {
        service.close();
        SIGNER.stop();
        database.stop();
    }

    @Test
    void findsGapsInOpenTimeAndNoneOverTheWeekend() {
        feed("fx-gaps", "UTC", "fx", false);
        minutes("fx-gaps", "EURUSD", "2025-02-21T20:00:00Z", "2025-02-21T20:29:00Z");
        minutes("fx-gaps", "EURUSD", "2025-02-21T21:00:00Z", "2025-02-21T21:55:00Z");
        minutes("fx-gaps", "EURUSD", "2025-02-23T22:00:00Z", "2025-02-23T22:59:00Z");
        series("fx-gaps", "EURUSD");
        JsonNode item = item("symbol=EURUSD&feed=fx-gaps&from=2025-02-20T00:00:00Z&to=2025-02-24T00:00:00Z");
        assertThat(item.path("first_ts").asString()).isEqualTo("2025-02-21T20:00:00Z");
        assertThat(item.path("last_ts").asString()).isEqualTo("2025-02-23T22:59:00Z");
        assertThat(item.path("expected").asInt()).isEqualTo(240);
        assertThat(item.path("present").asInt()).isEqualTo(146);
        assertThat(item.path("missing").asInt()).isEqualTo(94);
        assertThat(item.path("quiet").asInt()).isEqualTo(4);
        assertThat(item.path("gaps").toString()).isEqualTo("""
                {"count":2,"missing":90,"largest":[\
                {"from":"2025-02-23T23:00:00Z","to":"2025-02-24T00:00:00Z","missing":60},\
                {"from":"2025-02-21T20:30:00Z","to":"2025-02-21T21:00:00Z","missing":30}]}""");
        assertThat(item.at("/score/parts/0").toString()).isEqualTo("""
                {"name":"completeness","points":62,"weight":50,\
                "reason":"90 of 240 expected candles are missing in gaps"}""");
        assertThat(item.at("/clock/calendar").asString()).isEqualTo("fx");
    }

    @Test
    void takesTheFirstWeekendOfACurrencyForClosedByDefault() {
        minutes("auto-fx", "EURUSD", "2025-02-19T12:00:00Z", "2025-02-21T21:59:00Z");
        minutes("auto-fx", "EURUSD", "2025-02-23T22:00:00Z", "2025-02-24T09:59:00Z");
        halfHours("auto-fx");
        series("auto-fx", "EURUSD");
        JsonNode item = item("symbol=EURUSD&feed=auto-fx&from=2025-02-19T00:00:00Z&to=2025-02-24T10:00:00Z");
        assertThat(item.at("/gaps/count").asInt()).as(item.toString()).isZero();
        assertThat(item.path("missing").asInt()).isZero();
        assertThat(item.at("/clock/calendar").asString()).isEqualTo("auto");
        assertThat(item.at("/clock/calendar_assumed").asString()).isEqualTo("closed_weekends");
        assertThat(item.at("/clock/calendar_reason").asString()).contains("of 3 weekends known, without candles");
    }

    @Test
    void reportsTheGapOfAFirstWeekendOnWhichAnythingTraded() {
        minutes("auto-crypto", "BTCUSD", "2025-02-19T12:00:00Z", "2025-02-22T05:59:00Z");
        minutes("auto-crypto", "BTCUSD", "2025-02-23T12:00:00Z", "2025-02-24T09:59:00Z");
        halfHours("auto-crypto");
        series("auto-crypto", "BTCUSD");
        JsonNode item = item("symbol=BTCUSD&feed=auto-crypto&from=2025-02-19T00:00:00Z&to=2025-02-24T10:00:00Z");
        assertThat(item.at("/gaps/count").asInt()).as(item.toString()).isOne();
        assertThat(item.at("/gaps/missing").asInt()).isEqualTo(30 * 60);
        assertThat(item.at("/clock/calendar_assumed").asString()).isEqualTo("always_open");
    }

    @Test
    void looksAtTheLastWeekOfAReplaysDataAndMeasuresItInItsTime() {
        feed("replay", "UTC", "always", true);
        minutes("replay", "BTCUSDT", "2021-04-01T00:00:00Z", "2021-04-20T23:59:00Z");
        minutes("replay", "OLD", "2021-04-20T22:00:00Z", "2021-04-20T22:59:00Z");
        series("replay", "BTCUSDT");
        series("replay", "OLD");
        JsonNode items = page("feed=replay").path("items");
        assertThat(items.at("/0/from").asString()).isEqualTo("2021-04-14T00:00:00Z");
        assertThat(items.at("/0/to").asString()).isEqualTo("2021-04-21T00:00:00Z");
        assertThat(items.at("/0/expected").asInt()).isEqualTo(10_080);
        assertThat(items.at("/0/missing").asInt()).isZero();
        assertThat(items.at("/0/score/points").asInt()).isEqualTo(100);
        assertThat(items.at("/0/freshness/behind_seconds").asInt()).isZero();
        assertThat(items.at("/1/freshness/behind_seconds").asInt()).isEqualTo(3600);
        assertThat(items.at("/1/gaps/missing").asInt()).isEqualTo(60);
    }

    @Test
    void saysHowLateALiveFeedIs() {
        minutes("live", "EURUSD", "date_trunc('minute', now()) - interval '3 hours'",
                "date_trunc('minute', now()) - interval '33 minutes'");
        series("live", "EURUSD");
        JsonNode item = item("symbol=EURUSD&feed=live");
        assertThat(item.at("/freshness/behind_seconds").asInt()).isBetween(31 * 60, 35 * 60);
        assertThat(item.at("/freshness/market_open").asBoolean()).isTrue();
        assertThat(item.at("/gaps/count").asInt()).isOne();
        assertThat(item.at("/gaps/missing").asInt()).isBetween(31, 34);
        assertThat(item.path("missing").asInt()).isEqualTo(item.at("/gaps/missing").asInt());
    }

    @Test
    void countsCrossedQuotesAndKnowsACoarseFeed() {
        minutes("ticks", "EURUSD", "2025-02-21T20:00:00Z", "2025-02-21T20:59:00Z");
        minutes("ticks", "GBPUSD", "2025-02-21T20:00:00Z", "2025-02-21T20:59:00Z");
        series("ticks", "EURUSD");
        series("ticks", "GBPUSD");
        database.execute("""
                insert into market.market_data_raw (feed, symbol, minute, part, data, ticks, crossed, coarse) values
                  ('ticks', 'EURUSD', '2025-02-21T20:00:00Z', 0, '[]', 150, 1, true),
                  ('ticks', 'EURUSD', '2025-02-21T20:01:00Z', 0, '[]', 40, 0, true),
                  ('ticks', 'EURUSD', '2025-02-21T20:01:00Z', 1, '[]', 10, 0, false),
                  ('ticks', 'EURUSD', '2025-02-22T20:01:00Z', 1, '[]', 10, 0, true)""");
        String time = "&from=2025-02-21T20:00:00Z&to=2025-02-21T21:00:00Z";
        JsonNode item = item("symbol=EURUSD&feed=ticks" + time);
        assertThat(item.path("ticks").toString()).isEqualTo("""
                {"since":"2025-02-21T20:00:00Z","count":200,"crossed":1,"coarse":false}""");
        assertThat(item.at("/score/parts").findValuesAsString("name")).contains("crossed");
        assertThat(
                item("symbol=EURUSD&feed=ticks&from=2025-02-21T20:00:00Z&to=2025-02-21T20:01:00Z").at("/ticks/coarse")
                    .asBoolean())
            .isTrue();
        JsonNode without = item("symbol=GBPUSD&feed=ticks" + time);
        assertThat(without.path("ticks").isNull()).isTrue();
        assertThat(without.at("/score/parts").findValuesAsString("name")).doesNotContain("crossed");
    }

    /**
     * Runs the migrations of ingest-service, with the ownership and privileges of the
     * roles.
     */
    @Test
    void countsWhatIngestRefusedOnceItSaysSo() {
        minutes("lists", "EURUSD", "2025-02-21T20:00:00Z", "2025-02-21T21:39:00Z");
        series("lists", "EURUSD");
        String query = "symbol=EURUSD&feed=lists&from=2025-02-21T20:00:00Z&to=2025-02-21T21:40:00Z";
        assertThat(item(query).path("conflicts").isNull()).as("ingest has not migrated").isTrue();
        assertThat(item(query).path("quarantine").isNull()).isTrue();
        database.migrate("ingest", "ingest");
        assertThat(item(query).path("conflicts").asInt(-1)).isZero();
        database.execute("""
                insert into ingest.conflict (feed, symbol, timeframe, ts, open, high, low, close, volume, first_seen,
                  last_seen, times)
                select 'lists', 'EURUSD', timeframe, ts::timestamptz, 1, 1, 1, 1, 1, now(), now(), 3
                from (values ('M1', '2025-02-21T20:05:00Z'), ('M5', '2025-02-21T20:05:00Z'), ('M1', '2025-02-22Z'))
                  as v (timeframe, ts);
                insert into ingest.quarantine (feed, symbol, timeframe, ts, open, high, low, close, volume, final,
                  median, neighbours, released_at)
                select 'lists', 'EURUSD', 'M1', '2025-02-21T20:00:00Z'::timestamptz + n * interval '1 minute', 99, 99,
                  99, 99, 1, true, 1, 20, case n when 7 then now() end
                from generate_series(5, 7) n""");
        JsonNode item = item(query);
        assertThat(item.path("conflicts").asInt()).isOne();
        assertThat(item.path("quarantine").toString()).isEqualTo("{\"held\":2,\"released\":1}");
    }

    @Test
    void readsNothingOfIngestButItsViewsAndNothingOfTheAggregatorsOwn() {
        database.migrate("ingest", "ingest");
        assertThat(database.strings("""
                select table_schema || '.' || table_name from information_schema.table_privileges
                where grantee = 'pregao_indicators' and privilege_type = 'SELECT' and table_schema in ('ingest')
                order by 1""")).containsExactly("ingest.refusal", "ingest.rejection_by_reason");
        assertThat(database.strings("select table_name from information_schema.views where table_schema = 'ingest'"))
            .contains("refusal", "rejection_by_reason");
        assertThat(database.strings(
                """
                        select c.relname from pg_class c where c.relnamespace = 'market'::regnamespace and c.relkind = 'r'
                          and has_table_privilege('pregao_indicators', c.oid, 'insert, update, delete, truncate') order by 1"""))
            .containsExactly("indicator");
        assertThat(database.strings(
                """
                        select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
                        where c.relnamespace = 'indicators'::regnamespace and c.relkind = 'r' and r.rolname = 'pregao_indicators'
                          and c.relname not like 'flyway%' order by 1"""))
            .containsExactly("backfill_request", "indicator_state", "series");
    }

    @Test
    void leavesConnectionsForOthersWhereManyReadCoverageSlowly() throws SQLException {
        minutes("crowd", "EURUSD", "2025-02-21T20:00:00Z", "2025-02-21T20:09:00Z");
        series("crowd", "EURUSD");
        String waiting = """
                select count(*) from pg_stat_activity
                where usename = 'pregao_indicators' and wait_event_type = 'Lock'""";
        List<CompletableFuture<HttpResponse<Void>>> crowd = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient();
                Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table market.candle in access exclusive mode");
            HttpRequest request = HttpRequest.newBuilder(address("/api/coverage?feed=crowd"))
                .header("Authorization", "Bearer " + SIGNER.token("read"))
                .build();
            for (int i = 0; i < 12; i++) {
                crowd.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
            }
            Awaitility.await("some read coverage")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Integer.parseInt(database.strings(waiting).getFirst()) > 0);
            get("/api/instruments?feed=crowd").expectStatus().isOk();
            assertThat(Integer.parseInt(database.strings(waiting).getFirst())).isBetween(1, 3);
            holder.rollback();
            crowd.forEach(CompletableFuture::join);
        }
        assertThat(crowd).extracting((response) -> response.join().statusCode()).contains(200);
    }

    @Test
    void offersTheClocksThatWeekendsSpeakFor() {
        feed("broker", "UTC", "fx", false);
        for (String friday : List.of("2025-06-06", "2025-06-13", "2025-06-20")) {
            // Three hours ahead of UTC, the week ends when Saturday begins.
            String close = "timestamptz '%sT23:59:00Z'".formatted(friday);
            minutes("broker", "EURUSD", close + " - interval '2 hours'", close);
            minutes("broker", "EURUSD", close + " + interval '48 hours 1 minute'", close + " + interval '50 hours'");
        }
        series("broker", "EURUSD");
        JsonNode clock = item("symbol=EURUSD&feed=broker").path("clock");
        assertThat(clock.toString()).isEqualTo("""
                {"configured":"UTC","day_zone":"UTC","calendar":"fx","calendar_assumed":null,"calendar_reason":null,\
                "candles_changed_at":null,"suggested":["UTC+03:00","America/New_York+07:00"],\
                "evidence":"3 of 3 weekends agree"}""");
        feed("broker", "America/New_York+07:00", "fx", false);
        database.execute("update market.candle set ts = ts - interval '3 hours' where feed = 'broker'");
        assertThat(item("symbol=EURUSD&feed=broker").path("clock").toString()).isEqualTo("""
                {"configured":"America/New_York+07:00","day_zone":"UTC","calendar":"fx","calendar_assumed":null,\
                "calendar_reason":null,"candles_changed_at":null,"suggested":[],\
                "evidence":"3 of 3 weekends agree"}""");
    }

    @Test
    void offersTheClockThatArrivalsSpeakFor() {
        minutes("late", "EURUSD", "date_trunc('minute', now()) - interval '3 hours'", "now() - interval '2 hours'");
        series("late", "EURUSD");
        database.execute("""
                insert into market.market_data_raw (feed, symbol, minute, part, data, ticks, received_at)
                select 'late', 'EURUSD', date_trunc('minute', now()) - n * interval '1 minute', 0, '[]', 1,
                  date_trunc('minute', now()) - n * interval '1 minute' + interval '2 hours 3 seconds'
                from generate_series(120, 160) n""");
        JsonNode clock = item("symbol=EURUSD&feed=late").path("clock");
        assertThat(clock.path("suggested").toString()).isEqualTo("[\"UTC-02:00\"]");
        assertThat(clock.path("evidence").asString()).isEqualTo("41 of 41 minutes of live ticks agree");
    }

    /** Three hours west of UTC, each minute arrives long after its end. */
    @Test
    void offersTheClockThatCandlesOfATerminalSpeakFor() {
        database.execute("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                  rank, revision, created_at)
                select 'west', 'EURUSD', 'M1', m, 1, 1, 1, 1, 1, 'given', true, 4, 1, m + interval '3 hours 65 seconds'
                from generate_series(182, 222) n,
                  lateral (select date_trunc('minute', now()) - n * interval '1 minute') as t (m)""");
        series("west", "EURUSD");
        JsonNode clock = item("symbol=EURUSD&feed=west").path("clock");
        assertThat(clock.path("suggested").toString()).isEqualTo("[\"UTC-03:00\"]");
        assertThat(clock.path("evidence").asString()).isEqualTo("41 of 41 live candles agree");
    }

    @Test
    void countsTicksInQuarantine() {
        minutes("ticks-held", "EURUSD", "2025-02-21T20:00:00Z", "2025-02-21T20:59:00Z");
        series("ticks-held", "EURUSD");
        database.execute("""
                insert into market.tick_quarantine (feed, symbol, ts, seq, bid, ask, last, volume, flags, price, median,
                  neighbors, state, received_at)
                select 'ticks-held', 'EURUSD', '2025-02-21T20:00:00Z'::timestamptz + n * interval '1 second', 0, 99, 99,
                  0, 0, 0, 99, 1, 20, case n when 3 then 'released' else 'held' end, now()
                from generate_series(1, 3) n""");
        JsonNode item = item("symbol=EURUSD&feed=ticks-held&from=2025-02-21T20:00:00Z&to=2025-02-21T21:00:00Z");
        assertThat(item.path("held_ticks").asInt()).isEqualTo(2);
    }

    @Test
    void goesThroughInstrumentsPageByPage() {
        for (String symbol : List.of("A", "B", "C")) {
            minutes("pages", symbol, "2025-02-21T20:00:00Z", "2025-02-21T20:09:00Z");
            series("pages", symbol);
        }
        List<String> symbols = new ArrayList<>();
        JsonNode page = page("feed=pages&limit=2");
        symbols.addAll(page.path("items").findValuesAsString("symbol"));
        page = page("feed=pages&limit=2&cursor=" + page.path("next").asString());
        symbols.addAll(page.path("items").findValuesAsString("symbol"));
        assertThat(symbols).containsExactly("A", "B", "C");
        assertThat(page.path("next").isNull()).isTrue();
    }

    @Test
    void doesNotKnowAnInstrumentOfWhichNothingIsStored() {
        get("/api/coverage?symbol=NOPE&feed=pages").expectStatus().isNotFound();
        assertThat(page("feed=nobody").path("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "timeframe=M2", "limit=51", "from=x", "from=2025-01-01T00:00:00Z&to=2026-03-01T00:00:00Z" })
    void explainsWhatIsWrong(String parameters) {
        get("/api/coverage?" + parameters).expectStatus()
            .isBadRequest()
            .expectHeader()
            .contentType("application/problem+json")
            .expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/invalid-parameters");
    }

    @ParameterizedTest
    @ValueSource(strings = { "to=0001-01-01T00:00:00Z", "from=9999-12-31T00:00:00Z", "to=9999-12-31T00:00:00Z",
            "from=0001-01-01T00:00:00Z" })
    void survivesTheEndsOfTime(String parameters) {
        minutes("ends", "EURUSD", "2025-02-21T20:00:00Z", "2025-02-21T20:09:00Z");
        series("ends", "EURUSD");
        get("/api/coverage?symbol=EURUSD&feed=ends&" + parameters).expectStatus().isOk();
    }

    @Test
    void isDescribed() {
        service.client()
            .get()
            .uri("/v3/api-docs")
            .exchange()
            .expectBody()
            .jsonPath("$.paths['/api/coverage'].get.parameters.length()")
            .isEqualTo(7);
    }

    private static void feed(String name, String clock, String calendar, boolean eventTime) {
        database.execute("""
                insert into market.feed values ('%s', 'mid', '%s', 1000, '%s', %b)
                on conflict (feed) do update set clock = excluded.clock""".formatted(name, clock, calendar, eventTime));
    }

    private static void minutes(String feed, String symbol, String first, String last) {
        database.execute("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                  rank, revision)
                select '%s', '%s', 'M1', n, 1, 1, 1, 1, 1, 'given', true, 4, 1
                from generate_series(%s, %s, interval '1 minute') n on conflict do nothing""".formatted(feed, symbol,
                moment(first), moment(last)));
    }

    private static String moment(String text) {
        return text.endsWith("Z") ? "timestamptz '" + text + "'" : text;
    }

    private static void halfHours(String feed) {
        database.execute("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                  rank, revision, created_at)
                select distinct feed, symbol, 'M30', date_bin('30 minutes', ts, timestamptz 'epoch'), 1, 1, 1, 1, 1,
                  'rollup', true, 3, 1, now()
                from market.candle where feed = '%s' and timeframe = 'M1'""".formatted(feed));
    }

    private static void series(String feed, String symbol) {
        database.execute("""
                insert into indicators.series
                select feed, symbol, timeframe, min(ts), max(ts) from market.candle
                where feed = '%s' and symbol = '%s' group by 1, 2, 3
                on conflict do nothing""".formatted(feed, symbol));
    }

    private static JsonNode item(String query) {
        JsonNode items = page(query).path("items");
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static JsonNode page(String query) {
        byte[] body = get("/api/coverage?" + query).expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBodyContent();
        return JSON.readTree(body);
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + service.port() + path);
    }

    private static WebTestClient.ResponseSpec get(String address) {
        return service.client()
            .get()
            .uri(address(address))
            .headers((headers) -> headers.setBearerAuth(SIGNER.token("read")))
            .exchange();
    }

}
