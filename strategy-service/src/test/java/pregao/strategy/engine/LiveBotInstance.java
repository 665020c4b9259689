package pregao.strategy.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;
import pregao.market.backtest.StrategyEvaluator;
import pregao.market.protection.ProtectionEngine;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Trade;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.order.Side;
import pregao.strategy.trade.ClosedTrade;

/**
 * A desk as the loop drives it, price by price. What it wants at a broker is done at the
 * first price after its decision.
 */
final class LiveBotInstance {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final BigDecimal MUCH = BigDecimal.valueOf(1_000_000_000);

    private static final UUID ID = new UUID(1, 1);

    private final CrashDay day;

    private final TradingPlan.Spot plan;

    private final Bot bot;

    private final CandleExchange exchange = new CandleExchange();

    private final ProtectionEngine guard;

    private final List<ClosedTrade> trades = new ArrayList<>();

    private final Map<UUID, Order> orders = new LinkedHashMap<>();

    private final List<Order> sent = new ArrayList<>();

    private SpotBotInstance desk;

    private Account account;

    private long now;

    LiveBotInstance(CrashDay day, TradingPlan.Spot plan, Instrument instrument, TradingMode money) {
        this.day = day;
        this.plan = plan;
        AccountKey key = new AccountKey(ID, money);
        this.bot = new Bot(ID, ID, "crash", key, plan, List.of(instrument), Bot.State.RUNNING, "", false, 1, 0);
        this.guard = new ProtectionEngine(plan.protections());
        boolean paper = money == TradingMode.PAPER;
        this.account = new Account(key, ID, paper ? Account.PAPER : "binance", paper ? "USD" : "USDT",
                new RiskLimits(MUCH, MUCH, MUCH, MUCH, 2), AccountRiskState.empty(paper ? MUCH : null));
        this.desk = desk(List.of(), BotInstanceSnapshot.NEW, null);
    }

    private SpotBotInstance desk(List<Candle> past, BotInstanceSnapshot state, @Nullable Order order) {
        StrategyEvaluator closes = new StrategyEvaluator(this.plan.strategy(), this.plan.convention(), BucketGrid.UTC);
        CrashDay.Minute heard = (time, open, high, low, close) -> {
            closes.before(time);
            closes.after(time, open, high, low, close);
        };
        this.day.before(heard);
        past.forEach((minute) -> heard.minute(minute.openTime(), minute.open(), minute.high(), minute.low(),
                minute.close()));
        return new SpotBotInstance(this.bot, this.plan, this.bot.instruments().getFirst(), closes, state, order);
    }

    /** Another replica goes on. */
    void takeOver(List<Candle> past) {
        BotInstanceSnapshot state = JSON.readValue(JSON.writeValueAsString(this.desk.state()),
                BotInstanceSnapshot.class);
        UUID awaited = state.order();
        this.desk = desk(past, state, (awaited != null) ? this.orders.get(awaited) : null);
    }

    /** A minute passes: its first price, its lowest, its highest, its last. */
    void minute(Candle minute) {
        this.exchange.opens(minute);
        settle();
        this.exchange.passes(minute).forEach(this::tell);
        price(minute, minute.open(), minute.open(), minute.open());
        price(minute, minute.open(), minute.low(), minute.low());
        price(minute, minute.high(), minute.low(), minute.high());
        this.now = minute.openTime() + 60_200;
        in((turn) -> this.desk.onMinuteClosed(minute, turn));
    }

    private void price(Candle minute, long high, long low, long last) {
        Candle forming = new Candle(minute.instrument(), minute.timeframe(), minute.openTime(), minute.open(), high,
                low, last, minute.volume(), null, minute.source(), false, 0);
        if (this.desk.isInterestedIn(forming)) {
            in((turn) -> this.desk.onPrice(forming, turn));
            settle();
        }
    }

    /** The exchange does what was sent, and whatever follows from that. */
    private void settle() {
        while (!this.sent.isEmpty()) {
            this.exchange.takes(this.sent.removeFirst()).forEach(this::tell);
        }
    }

    private void tell(Order order) {
        in((turn) -> this.desk.onOrderUpdate(order, turn));
    }

    private void in(Consumer<BotInstance.TradingContext> what) {
        LedgerTransaction ledger = LedgerTransaction.of(List.of(this.account), Set.of(),
                Instant.ofEpochMilli(this.now));
        what.accept(new BotInstance.TradingContext(ledger, true, this.guard, false));
        this.trades.addAll(ledger.trades());
        ledger.orders().forEach((order) -> this.orders.put(order.id(), order));
        if (!this.bot.isPaper()) {
            this.sent.addAll(ledger.news());
        }
        this.account = ledger.accounts().iterator().next();
    }

    List<Order> orders(Predicate<Order> which) {
        return this.orders.values().stream().filter(which).toList();
    }

    /** As a backtest has them. */
    List<Trade> trades() {
        return this.trades.stream()
            .map((trade) -> new Trade(trade.side() == Side.BUY, trade.openedAt(),
                    Prices.of(Objects.requireNonNull(trade.entry())), trade.closedAt(),
                    Prices.of(Objects.requireNonNull(trade.exit())), Prices.of(trade.amount()), Prices.of(trade.fees()),
                    Prices.of(trade.profit()), ExitDecision.Reason.valueOf(trade.reason().toUpperCase(Locale.ROOT)),
                    trade.ambiguous()))
            .toList();
    }

}
