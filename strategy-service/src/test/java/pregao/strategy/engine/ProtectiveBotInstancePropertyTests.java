package pregao.strategy.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.backtest.StrategyEvaluator;
import pregao.market.protection.ProtectionEngine;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.market.rule.Strategy;
import pregao.market.spot.Position;
import pregao.market.spot.TransactionCosts;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.LotSize;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.SpotTerms;
import pregao.strategy.rule.StrategyJsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A desk at a broker where orders lie for what it holds: fills, cancels, refusals, sales
 * and what is told of them come in any order, and what was bought is sold once.
 */
class ProtectiveBotInstancePropertyTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Instrument BTC = new Instrument("binance", "BTCUSDT");

    private static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), TradingMode.DEMO);

    private static final BigDecimal MANY = BigDecimal.valueOf(100_000_000);

    private static final RiskLimits WIDE = new RiskLimits(MANY, MANY, MANY, MANY, 2);

    private static final Strategy COLOUR = StrategyJsonMapper.read("""
            {"name": "colour", "timeframe": "M1", "buy": {"above": ["close", "open"]},
             "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2}""");

    private static final TradingPlan.Spot PLAN = new TradingPlan.Spot(COLOUR, IndicatorConvention.PLAIN,
            new BigDecimal(1000), TransactionCosts.of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO), List.of(),
            Map.of("BTCUSDT", new LotSize(new BigDecimal("0.01"), new BigDecimal("0.01"), new BigDecimal(5))));

    private static final Bot BOT = new Bot(new UUID(2, 2), new UUID(3, 3), "try", ACCOUNT, PLAN, List.of(BTC),
            Bot.State.RUNNING, "", false, 1, 0);

    private static final long MINUTE = 60_000;

    private static final int STEPS = 150;

    private static final int TIMEOUT_MILLIS = 2_000;

    @Property(tries = 300)
    void sellsOnceWhatItHasBought(@ForAll long seed) {
        Live live = new Live(new Random(seed));
        for (int i = 0; i < STEPS; i++) {
            live.step();
        }
        live.stop();
        BotInstanceSnapshot end = live.desk.state();
        assertThat(end.trader().position()).as("all is closed").isNull();
        assertThat(live.desk.isBusy()).as("nothing is awaited").isFalse();
        assertThat(live.lying).as("nothing lies at the broker").isEmpty();
        Position dust = end.dust();
        assertThat(live.coins).as("what the broker has is what is too little to sell")
            .isEqualByComparingTo((dust != null) ? Prices.toDecimal(dust.quantity()) : BigDecimal.ZERO);
        assertThat(live.traded).as("each sale is booked once").isEqualByComparingTo(live.sold);
        assertThat(live.account.book().exposure()).isEqualByComparingTo(end.risk());
        assertThat(end.risk().signum() > 0).isEqualTo(dust != null);
    }

    /** A desk, the ledger's orders, session-service and the exchange. */
    private static final class Live {

        private final Random random;

        /** What the exchange has sold of each order that lies or lay there. */
        private final Map<UUID, BigDecimal> soldOf = new HashMap<>();

        private final Set<UUID> lying = new HashSet<>();

        /** What came after its sale. */
        private final Set<UUID> blocked = new HashSet<>();

        private final Map<UUID, Order> open = new LinkedHashMap<>();

        private final Map<UUID, Order> untold = new LinkedHashMap<>();

        private final Map<UUID, Order> known = new HashMap<>();

        private BigDecimal coins = BigDecimal.ZERO;

        private BigDecimal sold = BigDecimal.ZERO;

        private BigDecimal traded = BigDecimal.ZERO;

        private SpotBotInstance desk = desk(BotInstanceSnapshot.NEW, null);

        private Account account = new Account(ACCOUNT, new UUID(3, 3), "binance", "USDT", WIDE,
                AccountRiskState.empty(null));

        private long now = 10 * MINUTE;

        private int minutes = 1;

        private boolean stopped;

        Live(Random random) {
            this.random = random;
        }

        void step() {
            this.now += 1 + this.random.nextInt(this.stopped ? 200_000 : 20_000);
            switch (this.random.nextInt(10)) {
                case 0, 1 -> minute();
                case 2 -> in((turn) -> this.desk.onPrice(candle(price(), price(), false), turn));
                case 3 -> takeOver();
                case 4, 5, 6 -> any(this.open, this::atBroker);
                default -> any(this.untold, this::told);
            }
        }

        /** From now on nothing goes wrong. */
        void stop() {
            this.stopped = true;
            in((turn) -> this.desk.stop(true, turn));
            boolean busy = true;
            for (int i = 0; i < TIMEOUT_MILLIS && busy; i++) {
                step();
                busy = this.desk.isBusy() || !this.open.isEmpty() || !this.untold.isEmpty();
            }
        }

        private void minute() {
            in((turn) -> this.desk.onMinuteClosed(candle(price(), price(), true), turn));
            this.minutes++;
        }

        private long price() {
            return 85L + this.random.nextInt(40);
        }

        private Candle candle(long from, long to, boolean isFinal) {
            return new Candle(BTC, Timeframe.M1, this.minutes * MINUTE, from * Prices.ONE,
                    Math.max(from, to) * Prices.ONE, Math.min(from, to) * Prices.ONE, to * Prices.ONE, BigDecimal.ONE,
                    null, CandleSource.GIVEN, isFinal, isFinal ? 1 : 0);
        }

        /** Another replica goes on; that the bot stops it is told as well. */
        private void takeOver() {
            BotInstanceSnapshot state = JSON.readValue(JSON.writeValueAsString(this.desk.state()),
                    BotInstanceSnapshot.class);
            UUID awaited = state.order();
            this.desk = desk(state, (awaited != null) ? this.known.get(awaited) : null);
            if (this.stopped) {
                in((turn) -> this.desk.stop(true, turn));
            }
        }

        private void in(Consumer<BotInstance.TradingContext> what) {
            LedgerTransaction ledger = LedgerTransaction.of(List.of(this.account), Set.of(),
                    Instant.ofEpochMilli(this.now));
            what.accept(new BotInstance.TradingContext(ledger, !this.stopped, new ProtectionEngine(List.of()), false));
            ledger.news().forEach((order) -> {
                assertThat(this.known.put(order.id(), order)).as("an id is used once").isNull();
                this.open.put(order.id(), order);
            });
            ledger.trades().forEach((trade) -> this.traded = this.traded.add(trade.amount()));
            this.account = ledger.accounts().iterator().next();
        }

        private void any(Map<UUID, Order> orders, Consumer<Order> what) {
            if (!orders.isEmpty()) {
                what.accept(new ArrayList<>(orders.values()).get(this.random.nextInt(orders.size())));
            }
        }

        private void told(Order order) {
            this.untold.remove(order.id());
            in((turn) -> this.desk.onOrderUpdate(order, turn));
        }

        /** What is known of an order that is not over, or how it ended. */
        private void known(Order order) {
            this.known.put(order.id(), order);
            this.untold.put(order.id(), order);
            if (order.state() == OrderState.PLACED) {
                this.open.put(order.id(), order);
            }
            else {
                this.open.remove(order.id());
            }
        }

        private void atBroker(Order order) {
            if (order.isResting()) {
                rests(order);
            }
            else if (order.purpose() == PositionEffect.OPEN) {
                opens(order);
            }
            else {
                sells(order);
            }
        }

        private void opens(Order order) {
            if (goesWrong(4) && order.state() == OrderState.NEW) {
                known(placed(order));
            }
            else if (goesWrong(4)) {
                known(order.became(OrderState.REJECTED, "nothing_filled", ""));
            }
            else {
                BigDecimal amount = goesWrong(2) ? part(order.amount()) : order.amount();
                this.coins = this.coins.add(amount);
                known(filled(order, amount));
            }
        }

        private void rests(Order order) {
            if (this.blocked.contains(order.id())) {
                known(order.became(OrderState.NOT_SENT, "already_sold", ""));
            }
            else if (order.state() == OrderState.PLACED) {
                fills(order);
            }
            else if (goesWrong(4)) {
                known(order.became(OrderState.REJECTED, "rejected", ""));
            }
            else {
                assertThat(this.coins).as("what lies there is held").isGreaterThanOrEqualTo(order.amount());
                assertThat(this.lying).as("one lies there at most").isEmpty();
                this.lying.add(order.id());
                known(placed(order));
            }
        }

        private void fills(Order order) {
            BigDecimal before = this.soldOf.getOrDefault(order.id(), BigDecimal.ZERO);
            BigDecimal rest = order.amount().subtract(before);
            if (goesWrong(3)) {
                ended(order); // by its owner, at the broker
            }
            else if (!this.stopped) {
                BigDecimal more = this.random.nextBoolean() ? part(rest) : rest;
                sold(more);
                this.soldOf.put(order.id(), before.add(more));
                if (more.compareTo(rest) == 0) {
                    ended(order);
                }
            }
        }

        private void ended(Order order) {
            this.lying.remove(order.id());
            BigDecimal amount = this.soldOf.getOrDefault(order.id(), BigDecimal.ZERO);
            known((amount.signum() > 0) ? filled(order, amount) : order.became(OrderState.CANCELLED, "cancelled", ""));
        }

        private void sells(Order order) {
            UUID after = (order.terms() instanceof SpotTerms terms) ? terms.after() : null;
            BigDecimal rest = order.amount();
            if (after != null) {
                boolean fails = goesWrong(4);
                if (this.lying.contains(after) && !(fails && this.random.nextBoolean())) {
                    ended(Objects.requireNonNull(this.open.get(after)));
                }
                if (fails) {
                    known(order.became(OrderState.NOT_SENT, "unresolved", ""));
                    return;
                }
                this.blocked.add(after);
                rest = rest.subtract(this.soldOf.getOrDefault(after, BigDecimal.ZERO));
            }
            if (rest.signum() <= 0) {
                // By now another order may lie there, for what was bought since.
                known(order.became(OrderState.NOT_SENT, "already_sold", ""));
                return;
            }
            assertThat(this.lying).as("what lies there is ended first").isEmpty();
            if (goesWrong(4)) {
                known(order.became(OrderState.REJECTED, "rejected", ""));
            }
            else {
                BigDecimal amount = goesWrong(3) ? part(rest) : rest;
                sold(amount);
                known(filled(order, amount));
            }
        }

        private void sold(BigDecimal amount) {
            this.coins = this.coins.subtract(amount);
            this.sold = this.sold.add(amount);
            assertThat(this.coins).as("nothing is sold twice").isNotNegative();
        }

        private boolean goesWrong(int oneOf) {
            return !this.stopped && this.random.nextInt(oneOf) == 0;
        }

        private BigDecimal part(BigDecimal bigDecimal) {
            return BigDecimal.valueOf(1 + this.random.nextInt(bigDecimal.movePointRight(2).intValueExact()), 2);
        }

        private Order placed(Order order) {
            return order.done(OrderState.PLACED, new Fill(null, null, null, null, 7L, this.now));
        }

        private Order filled(Order order, BigDecimal amount) {
            BigDecimal price = (order.price() != null) ? order.price() : BigDecimal.valueOf(90);
            return order.done(OrderState.FILLED, new Fill(price, amount, BigDecimal.ZERO, null, 7L, this.now));
        }

        private static SpotBotInstance desk(BotInstanceSnapshot state, @Nullable Order order) {
            return new SpotBotInstance(BOT, PLAN, BTC,
                    new StrategyEvaluator(COLOUR, IndicatorConvention.PLAIN, BucketGrid.UTC), state, order);
        }

    }

}
