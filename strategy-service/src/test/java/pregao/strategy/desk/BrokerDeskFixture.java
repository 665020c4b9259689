package pregao.strategy.desk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.indicator.Convention;
import pregao.market.backtest.Closes;
import pregao.market.protection.Guard;
import pregao.market.risk.Book;
import pregao.market.risk.Limits;
import pregao.market.rule.Strategy;
import pregao.market.spot.Costs;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Money;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Lot;
import pregao.strategy.bot.Plan;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.order.Filled;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;

/**
 * A bot on BTCUSDT at a broker, and its account.
 */
abstract class BrokerDeskFixture {

    static final Instrument BTC = new Instrument("binance", "BTCUSDT");

    static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), Money.DEMO);

    static final long MINUTE = 60_000;

    Instant now = Instant.ofEpochMilli(10 * MINUTE);

    Account account = new Account(ACCOUNT, new UUID(3, 3), "binance", "USDT", Limits.USUAL, Book.empty(null));

    SpotDesk desk;

    BrokerDeskFixture(Strategy strategy) {
        this.desk = desk(strategy, "1000", DeskState.NEW, null);
    }

    static SpotDesk desk(Strategy strategy, String money, DeskState state, @Nullable Order order) {
        Plan.Spot plan = new Plan.Spot(strategy, Convention.PLAIN, new BigDecimal(money),
                Costs.of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO), List.of(),
                Map.of("BTCUSDT", new Lot(new BigDecimal("0.01"), new BigDecimal("0.01"), new BigDecimal(5))));
        Bot bot = new Bot(new UUID(2, 2), new UUID(3, 3), "try", ACCOUNT, plan, List.of(BTC), Bot.State.RUNNING, "",
                false, 1, 0);
        return new SpotDesk(bot, plan, BTC, new Closes(strategy, Convention.PLAIN, BucketGrid.UTC), state, order);
    }

    static Candle candle(int number, long open, long close, long low, boolean isFinal) {
        return new Candle(BTC, Timeframe.M1, number * MINUTE, open * Price.ONE, Math.max(open, close) * Price.ONE,
                low * Price.ONE, close * Price.ONE, BigDecimal.ONE, null, CandleSource.GIVEN, isFinal, isFinal ? 1 : 0);
    }

    static List<Order> ordered(Ledger ledger) {
        return ledger.news();
    }

    static Desk.Turn turn(Ledger ledger) {
        return new Desk.Turn(ledger, true, new Guard(List.of()), false);
    }

    Ledger ledger() {
        return Ledger.of(List.of(this.account), Set.of(), this.now);
    }

    Ledger done(Ledger ledger) {
        this.account = ledger.accounts().iterator().next();
        return ledger;
    }

    Ledger minute(int number, long open, long close) {
        return minute(number, open, close, Math.min(open, close));
    }

    Ledger minute(int number, long open, long close, long low) {
        Ledger ledger = ledger();
        this.desk.minute(candle(number, open, close, low, true), turn(ledger));
        return done(ledger);
    }

    Ledger price(int number, long open, long close, long low) {
        Ledger ledger = ledger();
        this.desk.price(candle(number, open, close, low, false), turn(ledger));
        return done(ledger);
    }

    Ledger told(Order order) {
        Ledger ledger = ledger();
        this.desk.told(order, turn(ledger));
        return done(ledger);
    }

    Ledger filled(Order order, String price, String amount, String fee) {
        return filled(order, price, amount, fee, order.decidedAt());
    }

    Ledger filled(Order order, String price, String amount, String fee, long at) {
        return told(order.done(OrderState.FILLED,
                new Filled(new BigDecimal(price), new BigDecimal(amount), new BigDecimal(fee), null, 1L, at)));
    }

}
