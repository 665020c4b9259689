package pregao.indicators.marketdata;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.Convention;
import pregao.indicators.query.MarketDataQuery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link MarketDataJson}.
 */
class MarketDataJsonTests {

    private static final Instant NINE = Instant.parse("2025-10-20T09:00:00Z");

    private static final StoredCandle CANDLE = new StoredCandle(NINE, "1.08550000", "1.08570000", "1.08540000",
            "1.08560000", "150.00000000", "0.00002000", false, true, "given", 1);

    private static final StoredCandle BARE = new StoredCandle(NINE.plusSeconds(60), "1.00000000", "2.00000000",
            "0.00000001", "90000000000.00000000", "0.00000000", null, false, false, "ticks", 0);

    private static final StoredCandle IN_POINTS = new StoredCandle(NINE.plusSeconds(120), "1.00000000", "1.00000000",
            "1.00000000", "1.00000000", "1.00000000", "2.00000000", true, true, "rollup", 12);

    @Test
    void writesEveryField() {
        assertThat(written(500, CANDLE)).isEqualTo("""
                {"symbol":"EURUSD","timeframe":"M1","feed":"mt5","convention":"plain","items":[\
                {"ts":"2025-10-20T09:00:00Z","open":1.0855,"high":1.0857,"low":1.0854,"close":1.0856,"volume":150,\
                "spread":0.00002,"final":true,"source":"given","revision":1,"rsi":null,"macd":null,\
                "macd_signal":null,"macd_hist":null,"atr":null,"bb_upper":null,"bb_middle":null,"bb_lower":null}\
                ],"next":null}""");
    }

    @Test
    void writesNullForASpreadNobodyGaveAndNoExponent() {
        assertThat(written(500, BARE))
            .contains("\"low\":0.00000001,\"close\":90000000000,\"volume\":0,\"spread\":null,")
            .doesNotContain("spread_unit");
    }

    @Test
    void saysWhenTheSpreadIsInPoints() {
        assertThat(written(500, IN_POINTS)).contains("\"spread\":2,\"spread_unit\":\"points\",");
    }

    @Test
    void saysWhereTheNextPageBegins() {
        String first = written(2, CANDLE, BARE, IN_POINTS);
        assertThat(first).contains("\"ts\":\"2025-10-20T09:01:00Z\"")
            .doesNotContain("09:02:00Z")
            .endsWith("\"next\":\"%s\"}".formatted(new pregao.indicators.query.Cursor(IN_POINTS.ts()).text()));
    }

    @Test
    void writesAnEmptyPage() {
        assertThat(written(1)).endsWith("\"items\":[],\"next\":null}");
    }

    private static String written(int limit, StoredCandle... candles) {
        MarketDataQuery query = new MarketDataQuery(new Instrument("mt5", "EURUSD"), Timeframe.M1, Convention.PLAIN,
                Instant.EPOCH, null, limit);
        return new String(new MarketDataJson().write(MarketDataPage.of(query, List.of(candles))),
                StandardCharsets.UTF_8);
    }

}
