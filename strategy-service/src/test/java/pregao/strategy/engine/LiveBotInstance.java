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
 * Drives a bot instance price by price, as the trading loop does. Orders are executed at
 * the first price after their decision.
 */
final class LiveBotInstance {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final BigDecimal UNLIMITED = BigDecimal.valueOf(1_000_000_000);

    private static final UUID ID = new UUID(1, 1);

    private final CrashDay day;

    private final TradingPlan.Spot plan;

    private final Bot bot;

    private final CandleExchange exchange = new CandleExchange();

    private final ProtectionEngine guard;

    private final List<ClosedTrade> trades = new ArrayList<>();

    private final Map<UUID, Order> orders = new LinkedHashMap<>();

    private final List<Order> sentOrders = new ArrayList<>();

    private SpotBotInstance instance;

    private Account account;

    private long now;

    LiveBotInstance(CrashDay day, TradingPlan.Spot plan, Instrument instrument, TradingMode mode) {
        this.day = day;
        this.plan = plan;
        AccountKey key = new AccountKey(ID, mode);
        this.bot = new Bot(ID, ID, "crash", key, plan, List.of(instrument), Bot.State.RUNNING, "", false, 1, 0);
        this.guard = new ProtectionEngine(plan.protections());
        boolean paper = mode == TradingMode.PAPER;
        this.account = new Account(key, ID, paper ? Account.PAPER : "binance", paper ? "USD" : "USDT",
                new RiskLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, 2),
                AccountRiskState.empty(paper ? UNLIMITED : null));
        this.instance = createInstance(List.of(), BotInstanceSnapshot.NEW, null);
    }

    private SpotBotInstance createInstance(List<Candle> minutes, BotInstanceSnapshot state, @Nullable Order order) {
        StrategyEvaluator evaluator = new StrategyEvaluator(this.plan.strategy(), this.plan.convention(),
                BucketGrid.UTC);
        CrashDay.Minute listener = (time, open, high, low, close) -> {
            evaluator.before(time);
            evaluator.after(time, open, high, low, close);
        };
        this.day.replayWarmUp(listener);
        minutes.forEach((minute) -> listener.minute(minute.openTime(), minute.open(), minute.high(), minute.low(),
                minute.close()));
        return new SpotBotInstance(this.bot, this.plan, this.bot.instruments().getFirst(), evaluator, state, order);
    }

    /** Continues with another replica. */
    void takeOver(List<Candle> minutes) {
        BotInstanceSnapshot state = JSON.readValue(JSON.writeValueAsString(this.instance.snapshot()),
                BotInstanceSnapshot.class);
        UUID orderId = state.order();
        this.instance = createInstance(minutes, state, (orderId != null) ? this.orders.get(orderId) : null);
    }

    /** Processes the prices of a minute: first, lowest, highest, last. */
    void minute(Candle minute) {
        this.exchange.openMinute(minute);
        settle();
        this.exchange.matchResting(minute).forEach(this::update);
        price(minute, minute.open(), minute.open(), minute.open());
        price(minute, minute.open(), minute.low(), minute.low());
        price(minute, minute.high(), minute.low(), minute.high());
        this.now = minute.openTime() + 60_200;
        runInTransaction((context) -> this.instance.onMinuteClosed(minute, context));
    }

    private void price(Candle minute, long high, long low, long last) {
        Candle forming = new Candle(minute.instrument(), minute.timeframe(), minute.openTime(), minute.open(), high,
                low, last, minute.volume(), null, minute.source(), false, 0);
        if (this.instance.isInterestedIn(forming)) {
            runInTransaction((context) -> this.instance.onPrice(forming, context));
            settle();
        }
    }

    /** Executes the sent orders, and those that follow from them. */
    private void settle() {
        while (!this.sentOrders.isEmpty()) {
            this.exchange.execute(this.sentOrders.removeFirst()).forEach(this::update);
        }
    }

    private void update(Order order) {
        runInTransaction((context) -> this.instance.onOrderUpdate(order, context));
    }

    private void runInTransaction(Consumer<BotInstance.TradingContext> action) {
        LedgerTransaction ledger = LedgerTransaction.of(List.of(this.account), Set.of(),
                Instant.ofEpochMilli(this.now));
        action.accept(new BotInstance.TradingContext(ledger, true, this.guard, false));
        this.trades.addAll(ledger.trades());
        ledger.orders().forEach((order) -> this.orders.put(order.id(), order));
        if (!this.bot.isPaper()) {
            this.sentOrders.addAll(ledger.newOrders());
        }
        this.account = ledger.accounts().iterator().next();
    }

    List<Order> orders(Predicate<Order> filter) {
        return this.orders.values().stream().filter(filter).toList();
    }

    /** Returns the trades in the form of a backtest. */
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
