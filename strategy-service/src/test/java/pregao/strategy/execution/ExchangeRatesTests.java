package pregao.strategy.execution;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExchangeRates}.
 */
class ExchangeRatesTests {

    private static final String FEED = "rates";

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final ExchangeRates rates = new ExchangeRates(JdbcClient.create(StrategyDatabase.shared().pool()));

    @Test
    void readsThePairEitherWay() {
        candle("BNBUSDT", NOON.minusSeconds(60), "599");
        candle("BNBUSDT", NOON, "600");
        candle("BNBUSDT", NOON.plusSeconds(60), "601");
        assertThat(rate("BNB", "USDT", NOON)).isEqualByComparingTo("600");
        candle("USDTBRL", NOON, "5");
        assertThat(rate("BRL", "USDT", NOON)).isEqualByComparingTo("0.2");
        assertThat(rate("EUR", "EUR", NOON)).isEqualByComparingTo("1");
    }

    @Test
    void doesNotGuess() {
        candle("OLDUSDT", NOON, "3");
        assertThat(rate("OLD", "USDT", NOON.plus(Duration.ofMinutes(59)))).isEqualByComparingTo("3");
        assertThat(this.rates.findRate(FEED, "OLD", "USDT", NOON.plus(Duration.ofMinutes(61)).toEpochMilli())).isNull();
        assertThat(this.rates.findRate(FEED, "OLD", "USDT", NOON.minusSeconds(1).toEpochMilli())).isNull();
        assertThat(this.rates.findRate("another", "OLD", "USDT", NOON.toEpochMilli())).isNull();
    }

    private BigDecimal rate(String asset, String currency, Instant instant) {
        return Objects.requireNonNull(this.rates.findRate(FEED, asset, currency, instant.toEpochMilli()));
    }

    private static void candle(String symbol, Instant instant, String close) {
        StrategyDatabase.shared()
            .market()
            .execute("""
                    insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source,
                      final, rank, revision)
                    values ('%1$s', '%2$s', 'M1', timestamptz '%3$s', %4$s, %4$s, %4$s, %4$s, 1, 'given', true, 4, 1)
                    on conflict (feed, symbol, timeframe, ts) do update set close = excluded.close""".formatted(FEED,
                    symbol, instant, close));
    }

}
