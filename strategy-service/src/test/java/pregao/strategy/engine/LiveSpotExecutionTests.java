package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.Prices;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.market.rule.Strategy;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Position;
import pregao.market.spot.Trade;
import pregao.market.spot.TransactionCosts;
import pregao.strategy.account.Account;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.SpotTerms;
import pregao.strategy.rule.StrategyJsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a bot instance at a broker that fills orders partially or rejects them.
 */
class LiveSpotExecutionTests extends LiveSpotExecutionFixture {

    private static final Strategy COLOUR = StrategyJsonMapper.read("""
            {"name": "colour", "timeframe": "M1", "buy": {"above": ["close", "open"]},
             "sell": {"below": ["close", "open"]}, "stop": 0.5}""");

    LiveSpotExecutionTests() {
        super(COLOUR);
    }

    @Test
    void whatASaleLeavesIsHeldUntilItIsSoldToo() {
        Order entry = newOrders(minute(1, 90, 100)).getFirst();
        assertThat(entry.amount()).isEqualByComparingTo("10");
        fill(entry, "100", "10", "0.10");
        Order sale = newOrders(minute(2, 100, 90)).getFirst();
        assertThat(sale.amount()).isEqualByComparingTo("10");

        LedgerTransaction partialFill = fill(sale, "110", "4", "0.04");
        Position position = Objects.requireNonNull(this.instance.snapshot().trader().position());
        assertThat(Prices.toDecimal(position.quantity())).isEqualByComparingTo("6");
        assertThat(partialFill.trades()).singleElement().satisfies((trade) -> {
            assertThat(trade.amount()).isEqualByComparingTo("4");
            // The gain is 4 x 10. The fees are 4 tenths of that of the purchase, and that
            // of the sale.
            assertThat(trade.profit()).isEqualByComparingTo("39.92");
        });
        assertThat(this.account.book().exposure()).as("the risk is taken back once all is sold").isPositive();

        Order secondSale = newOrders(minute(3, 90, 80)).getFirst();
        assertThat(secondSale.id()).isNotEqualTo(sale.id());
        assertThat(secondSale.amount()).isEqualByComparingTo("6");
        LedgerTransaction fullFill = fill(secondSale, "90", "6", "0.06");
        assertThat(fullFill.trades()).singleElement()
            .satisfies((trade) -> assertThat(trade.profit()).isEqualByComparingTo("-60.12"));
        assertThat(this.instance.snapshot().trader().position()).isNull();
        assertThat(this.account.book().exposure()).isZero();
    }

    @Test
    void anEntryHasALimitAndASaleHasNone() {
        Order entry = newOrders(minute(1, 90, 100)).getFirst();
        assertThat(entry.terms()).isInstanceOfSatisfying(SpotTerms.class,
                (terms) -> assertThat(terms.limit()).as("one percent above 100").isEqualByComparingTo("101"));
        fill(entry, "100.5", "10", "0");
        assertThat(newOrders(minute(2, 100, 90)).getFirst().terms()).isInstanceOfSatisfying(SpotTerms.class,
                (terms) -> assertThat(terms.limit()).isNull());
    }

    /**
     * The gain is half a unit, the fee is one unit. Rounding must match the class that
     * fills on paper.
     */
    @Test
    void whatASaleBringsIsRoundedAsOnPaper() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "0.5", "0.00000001");
        LedgerTransaction sold = fill(newOrders(minute(2, 100, 90)).getFirst(), "100.00000001", "0.5", "0");
        Trade paper = new Position(true, 0, 100 * Prices.ONE, Prices.ONE / 2, 1, 0, 0).close(0,
                new ExitDecision(ExitDecision.Reason.OPPOSITE, 100 * Prices.ONE + 1, false),
                TransactionCosts.of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO));
        assertThat(sold.trades()).singleElement()
            .satisfies((trade) -> assertThat(trade.profit()).isEqualByComparingTo(Prices.toDecimal(paper.profit()))
                .isEqualByComparingTo("-0.00000001"));
    }

    @Test
    void limitsInOneCurrencyAreNotAskedAboutAnother() {
        this.account = new Account(ACCOUNT, new UUID(3, 3), "binance", "BRL", RiskLimits.USUAL,
                AccountRiskState.empty(null));
        Order refused = minute(1, 90, 100).orders().getFirst();
        assertThat(refused.state()).isEqualTo(OrderState.REFUSED);
        assertThat(refused.reason()).isEqualTo("no_rate");
        assertThat(this.account.book().exposure()).isZero();
    }

    @Test
    void aCloseInVainIsTriedAgainUntilItIsDone() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "10", "0");
        Order first = newOrders(minute(2, 100, 90)).getFirst();
        reject(first);
        assertThat(newOrders(minute(3, 90, 90))).as("the broker is left alone for 2 s").isEmpty();

        advanceSeconds(2);
        Order second = newOrders(minute(4, 95, 95)).getFirst();
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.amount()).isEqualByComparingTo("10");
        assertThat(second.reason()).isEqualTo("opposite");
        assertThat(second.message()).as("its owner is told").contains("1");
        reject(second);
        advanceSeconds(3);
        assertThat(newOrders(minute(5, 95, 95))).as("then for 4 s").isEmpty();

        advanceSeconds(1);
        Order third = newOrders(minute(6, 95, 95)).getFirst();
        LedgerTransaction sold = fill(third, "95", "10", "0");
        assertThat(sold.trades()).singleElement()
            .satisfies((trade) -> assertThat(trade.reason()).isEqualTo("opposite"));
        assertThat(this.instance.snapshot().trader().position()).isNull();
        assertThat(this.account.book().exposure()).isZero();
        assertThat(newOrders(minute(7, 95, 95))).isEmpty();
    }

    @Test
    void aStopInVainIsTriedAgainThoughThePriceIsBack() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "10", "0");
        reject(newOrders(minute(2, 100, 100, 45)).getFirst());
        advanceSeconds(2);
        Order retry = newOrders(minute(3, 100, 100)).getFirst();
        assertThat(retry.reason()).isEqualTo("stop");
        assertThat(retry.amount()).isEqualByComparingTo("10");
    }

    @Test
    void anotherReplicaClosesWhatWasToBeClosed() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "10", "0");
        reject(newOrders(minute(2, 100, 90)).getFirst());
        this.instance = createInstance(COLOUR, "1000", this.instance.snapshot(), null);
        assertThat(this.instance.isInterestedIn(candle(3, 90, 90, 90, false))).isTrue();
        assertThat(newOrders(price(3, 90, 90, 90))).singleElement()
            .satisfies((order) -> assertThat(order.amount()).isEqualByComparingTo("10"));
    }

    @Test
    void aSignalToBuyDoesNotKeepWhatIsToBeClosed() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "10", "0");
        reject(newOrders(minute(2, 100, 90)).getFirst());
        assertThat(newOrders(minute(3, 90, 100))).as("neither bought nor sold while it rests").isEmpty();
        advanceSeconds(2);
        assertThat(newOrders(price(4, 100, 100, 100))).singleElement()
            .satisfies((order) -> assertThat(order.reason()).isEqualTo("opposite"));
    }

    @Test
    void whatASaleLeavesIsSoldAtTheNextPrice() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "10", "0");
        fill(newOrders(minute(2, 100, 90)).getFirst(), "90", "4", "0");
        assertThat(newOrders(price(3, 90, 90, 90))).singleElement()
            .satisfies((order) -> assertThat(order.amount()).isEqualByComparingTo("6"));
    }

    @Test
    void theEndOfAMinuteIsJudgedThoughTheNextHasBegun() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "10", "0");
        price(2, 100, 100, 98);
        price(3, 100, 100, 100);
        assertThat(newOrders(minute(2, 100, 100, 45))).singleElement()
            .satisfies((order) -> assertThat(order.reason()).isEqualTo("stop"));
    }

    @Test
    void aMinuteIsJudgedThoughOnlyTheNextWasSeen() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "10", "0");
        price(3, 100, 100, 100);
        assertThat(newOrders(minute(2, 100, 100, 45))).singleElement()
            .satisfies((order) -> assertThat(order.reason()).isEqualTo("stop"));
    }

    @Test
    void whatHappenedBeforeAPositionWasOpenedDoesNotEndIt() {
        fill(newOrders(minute(1, 90, 100)).getFirst(), "100", "10", "0", 3 * MINUTE + 1_000);
        price(3, 100, 100, 100);
        assertThat(newOrders(minute(2, 100, 100, 45))).isEmpty();
    }

    @Test
    void whatWasSeenOfAMinuteIsNotJudgedAgain() {
        Order entry = newOrders(minute(1, 90, 100)).getFirst();
        price(2, 100, 100, 45);
        fill(entry, "100", "10", "0", 2 * MINUTE + 30_000);
        price(3, 100, 100, 100);
        assertThat(newOrders(price(2, 100, 100, 45))).as("45 was before it was opened").isEmpty();
        assertThat(newOrders(minute(2, 100, 100, 44))).as("44 was after").hasSize(1);
    }

    private void advanceSeconds(int seconds) {
        this.now = this.now.plusSeconds(seconds);
    }

    private void reject(Order order) {
        update(order.withState(OrderState.REJECTED, "rejected", "The broker is busy"));
    }

}
