package pregao.strategy.execution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.strategy.account.AccountKey;

/**
 * Exchange rates of assets, from the stored candles of the feed on which they are traded.
 */
public class ExchangeRates {

    /** Older prices are not used. */
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private static final int SCALE = 12;

    private static final String SELECT_LAST_CLOSE = """
            select symbol = :straight as straight, close from market.candle
            where feed = :feed and symbol in (:straight, :inverse) and timeframe = 'M1' and ts <= :at and ts > :oldest
              and close > 0
            order by ts desc, straight desc limit 1""";

    private final JdbcClient database;

    public ExchangeRates(JdbcClient database) {
        this.database = database;
    }

    /**
     * Returns the price of one unit of an asset.
     * @param feed the feed whose candles are used
     * @param asset the asset, such as {@code BNB}
     * @param currency the currency of the result
     * @param time the time, in epoch milliseconds
     * @return the rate, or null if neither pair of the two has a candle in the hour
     * before
     */
    @Nullable public BigDecimal findRate(String feed, String asset, String currency, long time) {
        if (asset.equals(currency)) {
            return BigDecimal.ONE;
        }
        Instant instant = Instant.ofEpochMilli(time);
        Optional<BigDecimal> rate = this.database.sql(SELECT_LAST_CLOSE)
            .param("feed", feed)
            .param("straight", asset + currency)
            .param("inverse", currency + asset)
            .param("at", instant.atOffset(ZoneOffset.UTC))
            .param("oldest", instant.minus(MAX_AGE).atOffset(ZoneOffset.UTC))
            .query((row, number) -> row.getBoolean(1) ? row.getBigDecimal(2)
                    : BigDecimal.ONE.divide(row.getBigDecimal(2), SCALE, RoundingMode.HALF_EVEN))
            .optional();
        return rate.orElse(null);
    }

    /**
     * Returns the currency of an account.
     * @param account the account
     * @return the currency of its fees and profits; empty if the account is unknown
     */
    public String findCurrency(AccountKey account) {
        return this.database.sql("select currency from strategy.account where id = :id and money = :money")
            .param("id", account.id())
            .param("money", account.money().text())
            .query(String.class)
            .optional()
            .orElse("");
    }

}
