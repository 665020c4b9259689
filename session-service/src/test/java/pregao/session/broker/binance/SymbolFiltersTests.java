package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SymbolFilters} and {@link ExchangeInfo}.
 */
class SymbolFiltersTests {

    private static final String INFO = """
            {"rateLimits":[{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":50},
              {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":1200}],
             "symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[
               {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
               {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
               {"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"80.5","stepSize":"0.00000000"},
               {"filterType":"NOTIONAL","minNotional":"5.00000000","maxNotional":"9000000.00000000"}]},
              {"symbol":"XY€Z","status":"TRADING"},
              {"symbol":"OLDUSDT","status":"BREAK","baseAsset":"OLD","quoteAsset":"USDT","filters":[
               {"filterType":"PRICE_FILTER","minPrice":"0.00000000","maxPrice":"0.00000000","tickSize":"0.00000000"},
               {"filterType":"MIN_NOTIONAL","minNotional":"10.00000000"}]}]}""";

    private final ExchangeInfo symbols = new ExchangeInfo(JsonTrees.parse(INFO));

    @Test
    void readsWhatIsTradedAndHowMuchMayBeAsked() {
        assertThat(this.symbols.weightPerMinute()).isEqualTo(1200);
        assertThat(this.symbols.instruments()).hasSize(2);
        assertThat(filters("BTCUSDT").isOpen()).isTrue();
        assertThat(filters("OLDUSDT").isOpen()).isFalse();
        assertThat(filters("OLDUSDT").toInstrument().leastValue()).isEqualByComparingTo("10");
        assertThat(this.symbols.findFilters("btcusdt")).isNull();
    }

    @Test
    void takesWhatFits() {
        assertThat(broken("0.00001", "500000")).isNull();
        assertThat(broken("80.5", null)).isNull();
        assertThat(broken("0.5000000000", "94000.1200")).isNull();
    }

    @Test
    void saysWhichRuleIsBrokenAndMakesNothingFit() {
        assertThat(broken("0.000015", "500000")).contains("quantity", "multiple of the step 0.00001", "0.000015");
        assertThat(broken("0.000001", "500000")).contains("at least 0.00001");
        assertThat(broken("9000.00001", "1")).contains("at most 9000");
        assertThat(broken("80.6", null)).contains("at most 80.5");
        assertThat(broken("1", "94000.005")).contains("limit", "multiple of the step 0.01");
        assertThat(broken("1", "1000000.01")).contains("at most 1000000");
        assertThat(broken("0.00001", "100")).contains("at least 5 USDT", "0.001");
        assertThat(broken("9000", "900000")).contains("at most 9000000 USDT");
    }

    @Test
    void aRuleOfZeroIsNone() {
        SpotOrder order = order("0.123456789", "1000.123456789");
        assertThat(filters("OLDUSDT").findViolation(order)).isNull();
    }

    @Test
    void aLimitIsMovedToThePriceThatIsNotWorse() {
        assertThat(filters("BTCUSDT").roundToTicks(order("1", "94000.019")).limit()).isEqualByComparingTo("94000.01");
        SpotOrder sale = order("1", "94000.011");
        SpotOrder sold = new SpotOrder(sale.id(), sale.account(), sale.symbol(), Side.SELL, sale.quantity(),
                sale.limit(), sale.decidedAt(), sale.validUntil());
        assertThat(filters("BTCUSDT").roundToTicks(sold).limit()).isEqualByComparingTo("94000.02");
        assertThat(filters("BTCUSDT").roundToTicks(order("1", null)).limit()).isNull();
        assertThat(filters("OLDUSDT").roundToTicks(order("1", "1000.123456789")).limit())
            .isEqualByComparingTo("1000.123456789");
    }

    private @Nullable String broken(String quantity, @Nullable String limit) {
        return filters("BTCUSDT").findViolation(order(quantity, limit));
    }

    private SymbolFilters filters(String symbol) {
        SymbolFilters symbolFilters = this.symbols.findFilters(symbol);
        if (symbolFilters == null) {
            throw new AssertionError("no " + symbol);
        }
        return symbolFilters;
    }

    private static SpotOrder order(String quantity, @Nullable String limit) {
        return new SpotOrder(UUID.randomUUID(), TradingMode.DEMO, "BTCUSDT", Side.BUY, new BigDecimal(quantity),
                (limit == null) ? null : new BigDecimal(limit), Instant.EPOCH, Instant.EPOCH);
    }

}
