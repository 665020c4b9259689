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
 * How everything of one person stands.
 *
 * @param at when this was so
 * @param running how many bots are at work
 * @param stopped what keeps anything from being opened
 * @param accounts what the accounts have
 * @param bots those that are at work
 * @param positions what is held, with the last price of each
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
     * An account.
     *
     * @param id which
     * @param money with which money
     * @param currency of its money
     * @param balance of paper, or at the broker; null while the broker does not tell it
     * @param exposure what is at risk now
     * @param today what today has brought
     * @param profit what all days have brought
     * @param tradesToday how many trades have ended today
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
     * A bot at work.
     *
     * @param id which
     * @param name what its owner calls it
     * @param kind {@code spot} or {@code option}
     * @param money with which money
     * @param state how it stands
     * @param reason why, in words; may be empty
     * @param instruments on how many it decides
     * @param decidedAt the close it has decided on last; null where on none
     * @param trades how many are over: the sample
     * @param wins how many of them brought something
     * @param profit of all, after fees
     */
    record BotStatus(UUID id, String name, String kind, String money, String state, String reason, int instruments,
            @Nullable Instant decidedAt, int trades, int wins, BigDecimal profit) {

    }

    /**
     * A position.
     *
     * @param bot whose; null where by hand
     * @param feed of which feed
     * @param symbol of what
     * @param side which way
     * @param amount the quantity, or the stake of an option
     * @param entry the price at its begin
     * @param stop the price at which it is given up
     * @param take the price that is enough
     * @param price the last one of a minute that is over; null where there is none
     * @param priceAt when that minute ended
     * @param open what it would bring at that price, before the costs of closing; null
     * for options
     */
    record PositionStatus(@Nullable UUID bot, String feed, String symbol, String side, BigDecimal amount,
            @Nullable BigDecimal entry, @Nullable BigDecimal stop, @Nullable BigDecimal take,
            @Nullable BigDecimal price, @Nullable Instant priceAt, @Nullable BigDecimal open) {

    }

}
