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
 * A bot instance with resting exit orders at a broker sells what it bought exactly once,
 * for every order of fills, cancels, rejections, sales and their updates.
 */
class ProtectiveBotInstancePropertyTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Instrument BTC = new Instrument("binance", "BTCUSDT");

    private static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), TradingMode.DEMO);

    private static final BigDecimal UNLIMITED = BigDecimal.valueOf(100_000_000);

    private static final RiskLimits WIDE_LIMITS = new RiskLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, 2);

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
        BotInstanceSnapshot snapshot = live.instance.snapshot();
        assertThat(snapshot.trader().position()).as("all is closed").isNull();
        assertThat(live.instance.isBusy()).as("nothing is awaited").isFalse();
        assertThat(live.restingIds).as("nothing lies at the broker").isEmpty();
        Position dust = snapshot.dust();
        assertThat(live.balance).as("what the broker has is what is too little to sell")
            .isEqualByComparingTo((dust != null) ? Prices.toDecimal(dust.quantity()) : BigDecimal.ZERO);
        assertThat(live.tradedTotal).as("each sale is booked once").isEqualByComparingTo(live.soldTotal);
        assertThat(live.account.book().exposure()).isEqualByComparingTo(snapshot.risk());
        assertThat(snapshot.risk().signum() > 0).isEqualTo(dust != null);
    }

    /**
     * A bot instance with a model of the ledger, the session service and the exchange.
     */
    private static final class Live {

        private final Random random;

        /** The amount that the exchange has sold of each resting order. */
        private final Map<UUID, BigDecimal> soldAmounts = new HashMap<>();

        private final Set<UUID> restingIds = new HashSet<>();

        /**
         * The resting orders that must not be placed any more, because a sale replaced
         * them.
         */
        private final Set<UUID> blockedIds = new HashSet<>();

        private final Map<UUID, Order> openOrders = new LinkedHashMap<>();

        private final Map<UUID, Order> pendingUpdates = new LinkedHashMap<>();

        private final Map<UUID, Order> orders = new HashMap<>();

        private BigDecimal balance = BigDecimal.ZERO;

        private BigDecimal soldTotal = BigDecimal.ZERO;

        private BigDecimal tradedTotal = BigDecimal.ZERO;

        private SpotBotInstance instance = createInstance(BotInstanceSnapshot.NEW, null);

        private Account account = new Account(ACCOUNT, new UUID(3, 3), "binance", "USDT", WIDE_LIMITS,
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
                case 2 ->
                    runInTransaction((context) -> this.instance.onPrice(candle(price(), price(), false), context));
                case 3 -> takeOver();
                case 4, 5, 6 -> withRandomOrder(this.openOrders, this::processAtBroker);
                default -> withRandomOrder(this.pendingUpdates, this::deliverUpdate);
            }
        }

        /** Stops the bot. From now on the broker does not fail. */
        void stop() {
            this.stopped = true;
            runInTransaction((context) -> this.instance.stop(true, context));
            boolean busy = true;
            for (int i = 0; i < TIMEOUT_MILLIS && busy; i++) {
                step();
                busy = this.instance.isBusy() || !this.openOrders.isEmpty() || !this.pendingUpdates.isEmpty();
            }
        }

        private void minute() {
            runInTransaction((context) -> this.instance.onMinuteClosed(candle(price(), price(), true), context));
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

        /** Continues with another replica, and repeats the stop. */
        private void takeOver() {
            BotInstanceSnapshot state = JSON.readValue(JSON.writeValueAsString(this.instance.snapshot()),
                    BotInstanceSnapshot.class);
            UUID orderId = state.order();
            this.instance = createInstance(state, (orderId != null) ? this.orders.get(orderId) : null);
            if (this.stopped) {
                runInTransaction((context) -> this.instance.stop(true, context));
            }
        }

        private void runInTransaction(Consumer<BotInstance.TradingContext> action) {
            LedgerTransaction ledger = LedgerTransaction.of(List.of(this.account), Set.of(),
                    Instant.ofEpochMilli(this.now));
            action
                .accept(new BotInstance.TradingContext(ledger, !this.stopped, new ProtectionEngine(List.of()), false));
            ledger.newOrders().forEach((order) -> {
                assertThat(this.orders.put(order.id(), order)).as("an id is used once").isNull();
                this.openOrders.put(order.id(), order);
            });
            ledger.trades().forEach((trade) -> this.tradedTotal = this.tradedTotal.add(trade.amount()));
            this.account = ledger.accounts().iterator().next();
        }

        private void withRandomOrder(Map<UUID, Order> orders, Consumer<Order> action) {
            if (!orders.isEmpty()) {
                action.accept(new ArrayList<>(orders.values()).get(this.random.nextInt(orders.size())));
            }
        }

        private void deliverUpdate(Order order) {
            this.pendingUpdates.remove(order.id());
            runInTransaction((context) -> this.instance.onOrderUpdate(order, context));
        }

        /** Records the update of an open order or its outcome. */
        private void recordUpdate(Order order) {
            this.orders.put(order.id(), order);
            this.pendingUpdates.put(order.id(), order);
            if (order.state() == OrderState.PLACED) {
                this.openOrders.put(order.id(), order);
            }
            else {
                this.openOrders.remove(order.id());
            }
        }

        private void processAtBroker(Order order) {
            if (order.isResting()) {
                processResting(order);
            }
            else if (order.purpose() == PositionEffect.OPEN) {
                processEntry(order);
            }
            else {
                processSale(order);
            }
        }

        private void processEntry(Order order) {
            if (failsOneIn(4) && order.state() == OrderState.NEW) {
                recordUpdate(placed(order));
            }
            else if (failsOneIn(4)) {
                recordUpdate(order.withState(OrderState.REJECTED, "nothing_filled", ""));
            }
            else {
                BigDecimal amount = failsOneIn(2) ? part(order.amount()) : order.amount();
                this.balance = this.balance.add(amount);
                recordUpdate(filled(order, amount));
            }
        }

        private void processResting(Order order) {
            if (this.blockedIds.contains(order.id())) {
                recordUpdate(order.withState(OrderState.NOT_SENT, "already_sold", ""));
            }
            else if (order.state() == OrderState.PLACED) {
                fillResting(order);
            }
            else if (failsOneIn(4)) {
                recordUpdate(order.withState(OrderState.REJECTED, "rejected", ""));
            }
            else {
                assertThat(this.balance).as("what lies there is held").isGreaterThanOrEqualTo(order.amount());
                assertThat(this.restingIds).as("one lies there at most").isEmpty();
                this.restingIds.add(order.id());
                recordUpdate(placed(order));
            }
        }

        private void fillResting(Order order) {
            BigDecimal soldBefore = this.soldAmounts.getOrDefault(order.id(), BigDecimal.ZERO);
            BigDecimal remaining = order.amount().subtract(soldBefore);
            if (failsOneIn(3)) {
                endResting(order); // canceled by the user at the broker
            }
            else if (!this.stopped) {
                BigDecimal amount = this.random.nextBoolean() ? part(remaining) : remaining;
                recordSale(amount);
                this.soldAmounts.put(order.id(), soldBefore.add(amount));
                if (amount.compareTo(remaining) == 0) {
                    endResting(order);
                }
            }
        }

        private void endResting(Order order) {
            this.restingIds.remove(order.id());
            BigDecimal amount = this.soldAmounts.getOrDefault(order.id(), BigDecimal.ZERO);
            recordUpdate((amount.signum() > 0) ? filled(order, amount)
                    : order.withState(OrderState.CANCELLED, "cancelled", ""));
        }

        private void processSale(Order order) {
            UUID after = (order.terms() instanceof SpotTerms terms) ? terms.after() : null;
            BigDecimal remaining = order.amount();
            if (after != null) {
                boolean fails = failsOneIn(4);
                if (this.restingIds.contains(after) && !(fails && this.random.nextBoolean())) {
                    endResting(Objects.requireNonNull(this.openOrders.get(after)));
                }
                if (fails) {
                    recordUpdate(order.withState(OrderState.NOT_SENT, "unresolved", ""));
                    return;
                }
                this.blockedIds.add(after);
                remaining = remaining.subtract(this.soldAmounts.getOrDefault(after, BigDecimal.ZERO));
            }
            if (remaining.signum() <= 0) {
                // By now another order may rest there, for a later purchase.
                recordUpdate(order.withState(OrderState.NOT_SENT, "already_sold", ""));
                return;
            }
            assertThat(this.restingIds).as("what lies there is ended first").isEmpty();
            if (failsOneIn(4)) {
                recordUpdate(order.withState(OrderState.REJECTED, "rejected", ""));
            }
            else {
                BigDecimal amount = failsOneIn(3) ? part(remaining) : remaining;
                recordSale(amount);
                recordUpdate(filled(order, amount));
            }
        }

        private void recordSale(BigDecimal amount) {
            this.balance = this.balance.subtract(amount);
            this.soldTotal = this.soldTotal.add(amount);
            assertThat(this.balance).as("nothing is sold twice").isNotNegative();
        }

        private boolean failsOneIn(int oneOf) {
            return !this.stopped && this.random.nextInt(oneOf) == 0;
        }

        private BigDecimal part(BigDecimal amount) {
            return BigDecimal.valueOf(1 + this.random.nextInt(amount.movePointRight(2).intValueExact()), 2);
        }

        private Order placed(Order order) {
            return order.withFill(OrderState.PLACED, new Fill(null, null, null, null, 7L, this.now));
        }

        private Order filled(Order order, BigDecimal amount) {
            BigDecimal price = (order.price() != null) ? order.price() : BigDecimal.valueOf(90);
            return order.withFill(OrderState.FILLED, new Fill(price, amount, BigDecimal.ZERO, null, 7L, this.now));
        }

        private static SpotBotInstance createInstance(BotInstanceSnapshot state, @Nullable Order order) {
            return new SpotBotInstance(BOT, PLAN, BTC,
                    new StrategyEvaluator(COLOUR, IndicatorConvention.PLAIN, BucketGrid.UTC), state, order);
        }

    }

}
