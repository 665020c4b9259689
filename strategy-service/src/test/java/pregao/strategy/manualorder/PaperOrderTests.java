package pregao.strategy.manualorder;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of manual paper orders, which are filled at the last stored price.
 */
class PaperOrderTests {

    private static final String FEED = "handpaper";

    private final ApiClient api = ApiClient.newcomer();

    private final String symbol = "P" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);

    @Test
    void sellsNothingAtAPriceThatIsTooOld() {
        storeCandle(0, 100);
        assertThat(outcome(order("buy", "2"))).isEqualTo("filled ");
        ageCandles(10);
        assertThat(outcome(order("sell", "1"))).isEqualTo("refused stale_price");
        assertThat(outcome(order("buy", "1"))).as("as nothing is bought").isEqualTo("refused stale_price");
        storeCandle(0, 90);
        assertThat(outcome(order("sell", "1"))).isEqualTo("filled ");
    }

    @Test
    void sellsNothingWithoutAPrice() {
        storeCandle(0, 100);
        order("buy", "2");
        StrategyDatabase.shared()
            .market()
            .execute("delete from market.candle where symbol = '%s'".formatted(this.symbol));
        assertThat(outcome(order("sell", "1"))).isEqualTo("refused stale_price");
    }

    @Test
    void sellsNoMoreThanIsHeld() {
        storeCandle(0, 100);
        order("buy", "2");
        assertThat(outcome(order("sell", "2.1"))).isEqualTo("refused balance");
    }

    /** 0.1 % of 0.00000001 x 100 is less than the smallest amount of the ledger. */
    @Test
    void takesAFeeOfTheSmallestAmount() {
        storeCandle(0, 100);
        assertThat(order("buy", "0.00000001").path("fee").decimalValue()).isEqualByComparingTo("1e-8");
        assertThat(order("sell", "0.00000001").path("fee").decimalValue()).isEqualByComparingTo("1e-8");
        assertThat(order("buy", "1").path("fee").decimalValue()).isEqualByComparingTo("0.1");
    }

    /** A broker fills at its own price. */
    @Test
    void sellsAtABrokerOnceWhateverThePriceThatIsKnownHere() {
        UUID account = this.api.account("binance", false);
        String body = """
                {"account":"%s","money":"demo","feed":"binance","symbol":"%s","side":"sell","amount":1}"""
            .formatted(account, this.symbol);
        assertThat(outcome(this.api.order(body).body())).as("nothing is held yet").isEqualTo("refused balance");
        JdbcClient.create(StrategyDatabase.shared().pool())
            .sql("""
                    insert into strategy.position (account, money, bot, feed, symbol, person, kind, side, opened_at,
                      amount, entry, fee)
                    values (:account, 'demo', :nobody, 'binance', :symbol, :person, 'spot', 'buy', now(), 1, 100, 0)""")
            .param("account", account)
            .param("nobody", new UUID(0, 0))
            .param("symbol", this.symbol)
            .param("person", this.api.person())
            .update();
        assertThat(this.api.order(body).body().path("state").stringValue()).isEqualTo("new");
        assertThat(outcome(this.api.order(body).body())).as("the other order may still sell it")
            .isEqualTo("refused balance");
    }

    private JsonNode order(String side, String amount) {
        ApiClient.Answer response = this.api.order("""
                {"account":"paper","money":"paper","feed":"%s","symbol":"%s","side":"%s","amount":%s}""".formatted(FEED,
                this.symbol, side, amount));
        assertThat(response.status()).as(response.toString()).isEqualTo(202);
        return response.body();
    }

    private static String outcome(JsonNode order) {
        return order.path("state").stringValue() + " " + order.path("reason").stringValue();
    }

    /** Stores a candle of the symbol that opened the given number of minutes ago. */
    private void storeCandle(int minutes, int close) {
        Instant instant = InstantSource.system()
            .instant()
            .truncatedTo(ChronoUnit.MINUTES)
            .minus(minutes, ChronoUnit.MINUTES);
        StrategyDatabase.shared()
            .market()
            .execute(
                    """
                            insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                              rank, revision)
                            values ('%1$s', '%2$s', 'M1', timestamptz '%3$s', %4$d, %4$d, %4$d, %4$d, 1, 'given', true, 4, 1)
                            on conflict (feed, symbol, timeframe, ts) do update set close = excluded.close"""
                        .formatted(FEED, this.symbol, instant, close));
    }

    /** Makes all candles of the symbol older. */
    private void ageCandles(int minutes) {
        StrategyDatabase.shared()
            .market()
            .execute("update market.candle set ts = ts - interval '%d minute' where symbol = '%s'".formatted(minutes,
                    this.symbol));
    }

}
