package pregao.strategy.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

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

/**
 * A bot on BTCUSDT at a broker, and its account.
 */
abstract class LiveSpotExecutionFixture {

    static final Instrument BTC = new Instrument("binance", "BTCUSDT");

    static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), TradingMode.DEMO);

    static final long MINUTE = 60_000;

    Instant now = Instant.ofEpochMilli(10 * MINUTE);

    Account account = new Account(ACCOUNT, new UUID(3, 3), "binance", "USDT", RiskLimits.USUAL,
            AccountRiskState.empty(null));

    SpotBotInstance instance;

    LiveSpotExecutionFixture(Strategy strategy) {
        this.instance = createInstance(strategy, "1000", BotInstanceSnapshot.NEW, null);
    }

    static SpotBotInstance createInstance(Strategy strategy, String money, BotInstanceSnapshot state,
            @Nullable Order order) {
        TradingPlan.Spot plan = new TradingPlan.Spot(strategy, IndicatorConvention.PLAIN, new BigDecimal(money),
                TransactionCosts.of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO), List.of(),
                Map.of("BTCUSDT", new LotSize(new BigDecimal("0.01"), new BigDecimal("0.01"), new BigDecimal(5))));
        Bot bot = new Bot(new UUID(2, 2), new UUID(3, 3), "try", ACCOUNT, plan, List.of(BTC), Bot.State.RUNNING, "",
                false, 1, 0);
        return new SpotBotInstance(bot, plan, BTC,
                new StrategyEvaluator(strategy, IndicatorConvention.PLAIN, BucketGrid.UTC), state, order);
    }

    static Candle candle(int number, long open, long close, long low, boolean isFinal) {
        return new Candle(BTC, Timeframe.M1, number * MINUTE, open * Prices.ONE, Math.max(open, close) * Prices.ONE,
                low * Prices.ONE, close * Prices.ONE, BigDecimal.ONE, null, CandleSource.GIVEN, isFinal,
                isFinal ? 1 : 0);
    }

    static List<Order> newOrders(LedgerTransaction ledger) {
        return ledger.newOrders();
    }

    static BotInstance.TradingContext context(LedgerTransaction ledger) {
        return new BotInstance.TradingContext(ledger, true, new ProtectionEngine(List.of()), false);
    }

    LedgerTransaction ledger() {
        return LedgerTransaction.of(List.of(this.account), Set.of(), this.now);
    }

    LedgerTransaction commit(LedgerTransaction ledger) {
        this.account = ledger.accounts().iterator().next();
        return ledger;
    }

    LedgerTransaction minute(int number, long open, long close) {
        return minute(number, open, close, Math.min(open, close));
    }

    LedgerTransaction minute(int number, long open, long close, long low) {
        LedgerTransaction ledger = ledger();
        this.instance.onMinuteClosed(candle(number, open, close, low, true), context(ledger));
        return commit(ledger);
    }

    LedgerTransaction price(int number, long open, long close, long low) {
        LedgerTransaction ledger = ledger();
        this.instance.onPrice(candle(number, open, close, low, false), context(ledger));
        return commit(ledger);
    }

    LedgerTransaction update(Order order) {
        LedgerTransaction ledger = ledger();
        this.instance.onOrderUpdate(order, context(ledger));
        return commit(ledger);
    }

    LedgerTransaction fill(Order order, String price, String amount, String fee) {
        return fill(order, price, amount, fee, order.decidedAt());
    }

    LedgerTransaction fill(Order order, String price, String amount, String fee, long time) {
        return update(order.withFill(OrderState.FILLED,
                new Fill(new BigDecimal(price), new BigDecimal(amount), new BigDecimal(fee), null, 1L, time)));
    }

}
