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
 * What assets are worth, by the stored candles of the feed in which they are traded.
 */
public class ExchangeRates {

    /** An older price says nothing of now. */
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
     * What one of an asset was worth.
     * @param feed whose candles are asked
     * @param asset such as {@code BNB}
     * @param currency in which it is to be valued
     * @param time when, epoch milliseconds
     * @return null where neither pair of both has a candle of the hour before
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
     * The currency of an account.
     * @param account which
     * @return in which its fees and profits are
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
