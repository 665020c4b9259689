package pregao.strategy.desk;

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
import pregao.contracts.Price;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;
import pregao.market.backtest.Closes;
import pregao.market.protection.Guard;
import pregao.market.risk.Book;
import pregao.market.risk.Limits;
import pregao.market.spot.Exit;
import pregao.market.spot.Trade;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Money;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Plan;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.order.Order;
import pregao.strategy.order.Side;
import pregao.strategy.trade.Traded;

/**
 * A desk as the loop drives it, price by price. What it wants at a broker is done at the
 * first price after its decision.
 */
final class LiveDesk {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final BigDecimal MUCH = BigDecimal.valueOf(1_000_000_000);

    private static final UUID ID = new UUID(1, 1);

    private final CrashDay day;

    private final Plan.Spot plan;

    private final Bot bot;

    private final CandleExchange exchange = new CandleExchange();

    private final Guard guard;

    private final List<Traded> trades = new ArrayList<>();

    private final Map<UUID, Order> orders = new LinkedHashMap<>();

    private final List<Order> sent = new ArrayList<>();

    private SpotDesk desk;

    private Account account;

    private long now;

    LiveDesk(CrashDay day, Plan.Spot plan, Instrument instrument, Money money) {
        this.day = day;
        this.plan = plan;
        AccountKey key = new AccountKey(ID, money);
        this.bot = new Bot(ID, ID, "crash", key, plan, List.of(instrument), Bot.State.RUNNING, "", false, 1, 0);
        this.guard = new Guard(plan.protections());
        boolean paper = money == Money.PAPER;
        this.account = new Account(key, ID, paper ? Account.PAPER : "binance", paper ? "USD" : "USDT",
                new Limits(MUCH, MUCH, MUCH, MUCH, 2), Book.empty(paper ? MUCH : null));
        this.desk = desk(List.of(), DeskState.NEW, null);
    }

    private SpotDesk desk(List<Candle> past, DeskState state, @Nullable Order order) {
        Closes closes = new Closes(this.plan.strategy(), this.plan.convention(), BucketGrid.UTC);
        CrashDay.Minute heard = (time, open, high, low, close) -> {
            closes.before(time);
            closes.after(time, open, high, low, close);
        };
        this.day.before(heard);
        past.forEach((minute) -> heard.minute(minute.openTime(), minute.open(), minute.high(), minute.low(),
                minute.close()));
        return new SpotDesk(this.bot, this.plan, this.bot.instruments().getFirst(), closes, state, order);
    }

    /** Another replica goes on. */
    void takeOver(List<Candle> past) {
        DeskState state = JSON.readValue(JSON.writeValueAsString(this.desk.state()), DeskState.class);
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
        in((turn) -> this.desk.minute(minute, turn));
    }

    private void price(Candle minute, long high, long low, long last) {
        Candle forming = new Candle(minute.instrument(), minute.timeframe(), minute.openTime(), minute.open(), high,
                low, last, minute.volume(), null, minute.source(), false, 0);
        if (this.desk.heeds(forming)) {
            in((turn) -> this.desk.price(forming, turn));
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
        in((turn) -> this.desk.told(order, turn));
    }

    private void in(Consumer<Desk.Turn> what) {
        Ledger ledger = Ledger.of(List.of(this.account), Set.of(), Instant.ofEpochMilli(this.now));
        what.accept(new Desk.Turn(ledger, true, this.guard, false));
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
                    Price.of(Objects.requireNonNull(trade.entry())), trade.closedAt(),
                    Price.of(Objects.requireNonNull(trade.exit())), Price.of(trade.amount()), Price.of(trade.fees()),
                    Price.of(trade.profit()), Exit.Reason.valueOf(trade.reason().toUpperCase(Locale.ROOT)),
                    trade.ambiguous()))
            .toList();
    }

}
