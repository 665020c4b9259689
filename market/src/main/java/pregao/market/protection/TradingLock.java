package pregao.market.protection;

import org.jspecify.annotations.Nullable;

/**
 * A time in which nothing is opened.
 *
 * @param symbol on which instrument, or null for all
 * @param until exclusive, epoch milliseconds
 * @param reason why, for the bot's owner
 */
public record TradingLock(@Nullable String symbol, long until, String reason) {

    /**
     * Whether it keeps something from being opened.
     * @param wanted on which instrument
     * @param now epoch milliseconds
     * @return true where it does
     */
    public boolean holds(String wanted, long now) {
        return now < this.until && (this.symbol == null || this.symbol.equals(wanted));
    }

}
