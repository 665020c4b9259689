package pregao.strategy.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.market.option.OptionStrategyConfig;
import pregao.market.protection.ProtectionEngine;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.trade.ClosedTrade;

/**
 * A paper account whose bots trade options, minute by minute.
 */
final class OptionAccount {

    static final BigDecimal PAYOUT = new BigDecimal("0.87");

    /** Two hours before midnight. */
    private static final long BEGIN = 1_621_461_600_000L;

    private static final AccountKey KEY = new AccountKey(new UUID(1, 1), TradingMode.PAPER);

    private static final UUID PERSON = new UUID(3, 3);

    private final List<OptionBotInstance> instances = new ArrayList<>();

    private final Map<UUID, Order> orders = new LinkedHashMap<>();

    private final List<ClosedTrade> trades = new ArrayList<>();

    private Account account;

    private Set<UUID> killed = Set.of();

    private int minute;

    OptionAccount(RiskLimits limits, @Nullable BigDecimal balance) {
        this.account = new Account(KEY, PERSON, Account.PAPER, "USD", limits, AccountRiskState.empty(balance));
    }

    /** Starts a bot on its own instrument. */
    void startBot(OptionStrategyConfig plan) {
        int number = this.instances.size();
        Instrument instrument = new Instrument("replay", "PAIR" + number);
        TradingPlan.Option option = new TradingPlan.Option(plan, PAYOUT, List.of());
        Bot bot = new Bot(new UUID(2, number), PERSON, "try", KEY, option, List.of(instrument), Bot.State.RUNNING, "",
                false, 1, 0);
        this.instances.add(new OptionBotInstance(bot, option, instrument, BotInstanceSnapshot.NEW, null));
    }

    /** Processes minutes that are the same on all instruments. Blanks are ignored. */
    void processMinutes(String letters) {
        letters.chars()
            .filter((letter) -> letter != ' ')
            .forEach((letter) -> processMinute(String.valueOf((char) letter).repeat(this.instances.size())));
    }

    /**
     * Processes the next minute. There is one letter for each instrument: G for green, R
     * for red, D for doji, or a period for a missing candle.
     */
    void processMinute(String letters) {
        long time = BEGIN + this.minute++ * 60_000L;
        LedgerTransaction ledger = LedgerTransaction.of(List.of(this.account), this.killed, Instant.ofEpochMilli(time));
        for (int i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) != '.') {
                OptionBotInstance instance = this.instances.get(i);
                instance.onMinuteClosed(candle(instance.instrument(), time, letters.charAt(i)),
                        new BotInstance.TradingContext(ledger, true, new ProtectionEngine(List.of()), false));
            }
        }
        ledger.orders().forEach((order) -> this.orders.put(order.id(), order));
        this.trades.addAll(ledger.trades());
        this.account = ledger.accounts().iterator().next();
    }

    private static Candle candle(Instrument instrument, long time, char letter) {
        long open = 110_000_000;
        long close = open + switch (letter) {
            case 'G' -> 1_000;
            case 'R' -> -1_000;
            default -> 0;
        };
        return new Candle(instrument, Timeframe.M1, time, open, Math.max(open, close), Math.min(open, close), close,
                BigDecimal.ONE, null, CandleSource.GIVEN, true, 1);
    }

    void setLimits(RiskLimits limits) {
        this.account = new Account(KEY, PERSON, Account.PAPER, "USD", limits, this.account.book());
    }

    void kill() {
        this.killed = Set.of(PERSON);
    }

    AccountRiskState book() {
        return this.account.book();
    }

    RiskLimits limits() {
        return this.account.limits();
    }

    boolean isBusy() {
        return this.instances.stream().anyMatch(OptionBotInstance::isBusy);
    }

    List<Order> orders() {
        return List.copyOf(this.orders.values());
    }

    List<ClosedTrade> trades() {
        return this.trades;
    }

    /** Returns the outcomes of the orders, in order. */
    List<String> outcomes() {
        return this.orders.values()
            .stream()
            .map((order) -> (order.state().text() + " " + order.amount().toPlainString() + " " + order.reason())
                .strip())
            .toList();
    }

}
