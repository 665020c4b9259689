package pregao.strategy.status;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import pregao.strategy.account.AccountKey;
import pregao.strategy.account.KillSwitchService;
import pregao.strategy.account.TradingMode;

/**
 * The trading status of a user.
 *
 * @param at the time of the status
 * @param running the number of bots that are not stopped
 * @param stopped the active kill switches
 * @param accounts the accounts
 * @param bots the bots that are not stopped
 * @param positions the open positions with their last prices
 */
record StatusResponse(Instant at, int running, List<KillSwitchService.ActiveKillSwitch> stopped,
        List<AccountStatus> accounts, List<BotStatus> bots, List<PositionStatus> positions) {

    Map<AccountKey, String> currenciesByAccount() {
        return this.accounts.stream().collect(Collectors.toMap(AccountStatus::key, AccountStatus::currency));
    }

    StatusResponse withBalances(Map<AccountKey, BigDecimal> balances) {
        return new StatusResponse(this.at, this.running, this.stopped,
                this.accounts.stream().map((account) -> account.withBalance(balances.get(account.key()))).toList(),
                this.bots, this.positions);
    }

    /**
     * The status of an account.
     *
     * @param id the id of the account
     * @param money the mode: {@code paper}, {@code demo} or {@code real}
     * @param currency the currency
     * @param balance the balance on paper or at the broker; null if the broker does not
     * report it
     * @param exposure the current exposure
     * @param today the profit of today (UTC)
     * @param profit the total profit
     * @param tradesToday the number of trades closed today
     */
    record AccountStatus(UUID id, String money, String currency, @Nullable BigDecimal balance, BigDecimal exposure,
            BigDecimal today, BigDecimal profit, long tradesToday) {

        AccountKey key() {
            return new AccountKey(this.id, TradingMode.of(this.money).orElseThrow());
        }

        AccountStatus withBalance(@Nullable BigDecimal newBalance) {
            return (newBalance == null) ? this : new AccountStatus(this.id, this.money, this.currency, newBalance,
                    this.exposure, this.today, this.profit, this.tradesToday);
        }

    }

    /**
     * The status of a bot.
     *
     * @param id the id of the bot
     * @param name the name that its owner gave it
     * @param kind {@code spot} or {@code option}
     * @param money the mode: {@code paper}, {@code demo} or {@code real}
     * @param state the state of the bot
     * @param reason the explanation of the state; may be empty
     * @param instruments the number of instruments that it trades
     * @param decidedAt the close time of its last decision; null if there is none
     * @param trades the number of closed trades, the sample size
     * @param wins the number of trades with a profit
     * @param profit the total profit after fees
     */
    record BotStatus(UUID id, String name, String kind, String money, String state, String reason, int instruments,
            @Nullable Instant decidedAt, int trades, int wins, BigDecimal profit) {

    }

    /**
     * The status of a position.
     *
     * @param bot the id of the bot; null for a manual position
     * @param feed the feed
     * @param symbol the symbol
     * @param side the side
     * @param amount the quantity, or the stake of an option
     * @param entry the entry price
     * @param stop the stop price
     * @param take the take-profit price
     * @param price the close of the last final M1 candle; null if there is none
     * @param priceAt the time when that candle closed
     * @param open the unrealized profit at that price, before the costs of closing; null
     * for options
     */
    record PositionStatus(@Nullable UUID bot, String feed, String symbol, String side, BigDecimal amount,
            @Nullable BigDecimal entry, @Nullable BigDecimal stop, @Nullable BigDecimal take,
            @Nullable BigDecimal price, @Nullable Instant priceAt, @Nullable BigDecimal open) {

    }

}
