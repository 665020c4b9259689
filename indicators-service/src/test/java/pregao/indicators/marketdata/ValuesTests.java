package pregao.indicators.marketdata;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.IndicatorsTestEnvironment;
import pregao.indicators.candle.SeriesKey;
import pregao.indicators.indicator.IndicatorChanges;
import pregao.indicators.indicator.IndicatorRepository;
import pregao.indicators.indicator.SeriesRebuildRequest;
import pregao.market.indicator.IndicatorSet;
import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for the indicators in responses: stored ones and those computed on read.
 */
@Tag("store")
class ValuesTests {

    private static final List<String> NAMES = List.of("rsi", "macd", "macd_signal", "macd_hist", "atr", "bb_upper",
            "bb_middle", "bb_lower");

    private static final int CANDLES = 2_500;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final TestTokenIssuer SIGNER = new TestTokenIssuer();

    private static MarketTestDatabase database;

    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        database = MarketTestDatabase.empty().migrated();
        database.execute(
                """
                        insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                          rank, revision)
                        select 'mt5', 'EURUSD', 'M1', timestamptz '2025-10-20' + n * interval '1 minute', c, c + 0.0003,
                          c - 0.0002, c, 10, 'given', true, 4, 1
                        from generate_series(0, %d) n, lateral (select round((1.08 + 0.01 * sin(n / 7.0))::numeric, 5) as c) x"""
                    .formatted(CANDLES - 1));
        service = IndicatorsTestEnvironment.start(database, SIGNER.url());
    }

    @AfterAll
    static void stop() {
        service.close();
        SIGNER.stop();
        database.stop();
    }

    @ParameterizedTest
    @EnumSource
    void computesEveryConventionAsFromTheFullHistory(IndicatorConvention convention) {
        JsonNode jsonNode = items("from=0&limit=5000&convention=" + convention.text());
        JsonNode latest = items("limit=5&convention=" + convention.text());
        assertThat(jsonNode).hasSize(CANDLES);
        IndicatorSet indicators = new IndicatorSet(convention);
        for (JsonNode item : jsonNode) {
            indicators.add(units(item, "high"), units(item, "low"), units(item, "close"));
            assertThat(item.path("rsi").asDouble(Double.NaN)).isEqualTo(Double.valueOf(indicators.rsi()));
            assertThat(item.path("macd_signal").asDouble(Double.NaN))
                .isEqualTo(Double.valueOf(indicators.macdSignal()));
            assertThat(item.path("bb_lower").asDouble(Double.NaN)).isEqualTo(Double.valueOf(indicators.bbLower()));
        }
        for (int i = 0; i < 5; i++) {
            assertSame(latest.get(i), jsonNode.get(CANDLES - 5 + i));
        }
    }

    @Test
    void answersStoredValuesAsItWouldComputeThem() throws SQLException {
        JsonNode computed = items("from=0&limit=2000");
        JsonNode computedLatest = items("limit=700&to=2025-10-21T10:00:00Z");
        store();
        database.execute("update market.indicator set rsi = 12.5 where ts = '2025-10-20T05:00:00Z'");
        Awaitility.await("the stored values are used")
            .untilAsserted(
                    () -> assertThat(items("from=0&limit=2000").get(300).path("rsi").asDouble()).isEqualTo(12.5));
        JsonNode stored = items("from=0&limit=2000");
        JsonNode storedLatest = items("limit=700&to=2025-10-21T10:00:00Z");
        assertThat(storedLatest).hasSameSizeAs(computedLatest);
        for (int i = 0; i < computed.size(); i++) {
            if (i != 300) {
                assertSame(stored.get(i), computed.get(i));
            }
        }
        for (int i = 0; i < computedLatest.size(); i++) {
            assertSame(storedLatest.get(i), computedLatest.get(i));
        }

        database.execute("delete from market.indicator where ts = '2025-10-20T06:00:00Z'");
        assertThat(items("from=0&limit=2000").get(300).path("rsi")).as("computed where one is missing")
            .isEqualTo(computed.get(300).path("rsi"));
    }

    private static void store() throws SQLException {
        SeriesRebuildRequest rebuild = new SeriesRebuildRequest(
                new SeriesKey(new Instrument("mt5", "EURUSD"), Timeframe.M1), IndicatorConvention.PLAIN);
        try (Connection connection = database.connect()) {
            while (!rebuild.isDone()) {
                IndicatorChanges changes = rebuild.computeNextPage(connection);
                new IndicatorRepository().put(connection, changes.toStore());
            }
        }
        database.execute("insert into indicators.indicator_state (key, value) values ('convention/0', 'plain')");
    }

    private static void assertSame(JsonNode left, JsonNode right) {
        assertThat(left.path("ts")).isEqualTo(right.path("ts"));
        assertThat(left.path("close")).isEqualTo(right.path("close"));
        for (String name : NAMES) {
            assertThat(left.path(name).isNull()).as(name).isEqualTo(right.path(name).isNull());
            assertThat(left.path(name).asDouble(0)).as("%s at %s", name, left.path("ts"))
                .isCloseTo(right.path(name).asDouble(0), within(1e-9));
        }
    }

    private static long units(JsonNode item, String field) {
        return Prices.of(item.path(field).asDecimal());
    }

    private static JsonNode items(String parameters) {
        byte[] body = service.client()
            .get()
            .uri("/api/market-data?symbol=EURUSD&timeframe=M1&" + parameters)
            .headers((headers) -> headers.setBearerAuth(SIGNER.token("read")))
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBodyContent();
        return JSON.readTree(body).path("items");
    }

}
