package pregao.strategy.engine;

import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Prices;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.market.rule.Strategy;
import pregao.market.spot.Position;
import pregao.strategy.account.Account;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;
import pregao.strategy.rule.StrategyJsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the resting exit order of a bot instance at a broker: bought 10 at 100, with
 * a stop at 90 and a take profit at 120.
 */
class ProtectiveBotInstanceTests extends LiveSpotExecutionFixture {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Strategy COLOUR = StrategyJsonMapper.read("""
            {"name": "colour", "timeframe": "M1", "buy": {"above": ["close", "open"]},
             "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2}""");

    ProtectiveBotInstanceTests() {
        super(COLOUR);
    }

    @Test
    void afterAPurchaseStopAndTakeLieAtTheBroker() {
        Order resting = openPosition();
        assertThat(resting.side()).isEqualTo(Side.SELL);
        assertThat(resting.amount()).isEqualByComparingTo("10");
        assertThat(resting.terms()).isInstanceOfSatisfying(SpotTerms.class, (terms) -> {
            assertThat(terms.stop()).isEqualByComparingTo("90");
            assertThat(terms.limit()).as("one percent below the stop").isEqualByComparingTo("89.1");
            assertThat(terms.take()).isEqualByComparingTo("120");
            assertThat(terms.after()).isNull();
        });
        place(resting);
        assertThat(newOrders(minute(2, 100, 100))).as("one is enough").isEmpty();
    }

    @Test
    void itsFillClosesThePosition() {
        Order resting = openPosition();
        place(resting);
        LedgerTransaction sold = fill(resting, "90", "10", "0.9");
        assertThat(sold.trades()).singleElement().satisfies((trade) -> {
            assertThat(trade.reason()).isEqualTo("stop");
            assertThat(trade.profit()).isEqualByComparingTo("-100.9");
        });
        assertThat(position()).isNull();
        assertThat(this.account.book().exposure()).isZero();
        assertThat(this.instance.isBusy()).isFalse();
        assertThat(newOrders(minute(2, 80, 80))).as("nothing is sold twice").isEmpty();
    }

    @Test
    void aboveTheTakeItIsATake() {
        Order resting = openPosition();
        place(resting);
        assertThat(fill(resting, "120", "10", "0").trades()).singleElement()
            .satisfies((trade) -> assertThat(trade.reason()).isEqualTo("take"));
    }

    @Test
    void whileItIsNotConfirmedTheBotEnforcesTheStopAndEndsItFirst() {
        Order resting = openPosition();
        Order sale = newOrders(price(2, 90)).getFirst();
        assertThat(sale.reason()).isEqualTo("stop");
        assertThat(replacedOrder(sale)).isEqualTo(resting.id());
    }

    @Test
    void onceConfirmedTheBotSellsOnlyPastItsLimit() {
        Order resting = openPosition();
        place(resting);
        assertThat(newOrders(price(2, 90))).as("the broker does that").isEmpty();
        assertThat(newOrders(price(2, 121))).as("and that").isEmpty();
        Order sale = newOrders(price(2, 89)).getFirst();
        assertThat(sale.reason()).isEqualTo("stop");
        assertThat(replacedOrder(sale)).isEqualTo(resting.id());
    }

    @Test
    void anOppositeSignalEndsItFirst() {
        Order resting = openPosition();
        place(resting);
        Order sale = newOrders(minute(2, 100, 99)).getFirst();
        assertThat(replacedOrder(sale)).isEqualTo(resting.id());
        cancel(resting);
        LedgerTransaction sold = fill(sale, "99", "10", "0");
        assertThat(sold.trades()).hasSize(1);
        assertThat(position()).isNull();
        assertThat(this.instance.isBusy()).isFalse();
    }

    @Test
    void aBotThatStopsAndClosesEndsItFirst() {
        Order resting = openPosition();
        place(resting);
        LedgerTransaction ledger = ledger();
        this.instance.stop(true, context(ledger));
        assertThat(replacedOrder(newOrders(commit(ledger)).getFirst())).isEqualTo(resting.id());
    }

    @Test
    void whatItSoldBeforeTheSaleIsNotSoldAgainWhicheverIsToldFirst() {
        for (boolean saleFirst : new boolean[] { true, false }) {
            this.instance = createInstance(COLOUR, "1000", BotInstanceSnapshot.NEW, null);
            this.account = new Account(ACCOUNT, new UUID(3, 3), "binance", "USDT", RiskLimits.USUAL,
                    AccountRiskState.empty(null));
            Order resting = openPosition();
            place(resting);
            Order sale = newOrders(minute(2, 100, 99)).getFirst();
            LedgerTransaction first = saleFirst ? fill(sale, "99", "6", "0") : fill(resting, "90", "4", "0");
            assertThat(Prices.toDecimal(Objects.requireNonNull(position()).quantity()))
                .isEqualByComparingTo(saleFirst ? "4" : "6");
            LedgerTransaction second = saleFirst ? fill(resting, "90", "4", "0") : fill(sale, "99", "6", "0");
            assertThat(first.trades().getFirst().amount().add(second.trades().getFirst().amount()))
                .isEqualByComparingTo("10");
            assertThat(position()).isNull();
            assertThat(this.account.book().exposure()).isZero();
        }
    }

    @Test
    void aSaleThatCameTooLateSellsNothing() {
        Order resting = openPosition();
        place(resting);
        Order sale = newOrders(minute(2, 100, 99)).getFirst();
        assertThat(fill(resting, "90", "10", "0").trades()).hasSize(1);
        LedgerTransaction ledger = update(sale.withState(OrderState.NOT_SENT, "already_sold", ""));
        assertThat(ledger.trades()).isEmpty();
        assertThat(this.instance.isBusy()).isFalse();
        assertThat(newOrders(minute(3, 90, 91)).getFirst().side()).as("it goes on").isEqualTo(Side.BUY);
    }

    @Test
    void whatLayThereForASoldPositionIsNoneOfTheNext() {
        Order first = openPosition();
        place(first);
        fill(newOrders(minute(2, 100, 99)).getFirst(), "99", "10", "0");
        assertThat(position()).isNull();
        this.now = this.now.plusSeconds(1);
        Order second = newOrders(fill(newOrders(minute(3, 190, 200)).getFirst(), "200", "5", "0")).getFirst();
        assertThat(second.isResting()).as("the next is looked after at once").isTrue();
        LedgerTransaction late = update(first.withState(OrderState.CANCELLED, "cancelled", ""));
        assertThat(late.trades()).isEmpty();
        assertThat(Prices.toDecimal(Objects.requireNonNull(position()).stop())).isEqualByComparingTo("180");
    }

    @Test
    void theNextPositionIsLookedAfterAtOnceHoweverTheLastEnded() {
        Order resting = openPosition();
        place(resting);
        Order sale = newOrders(minute(2, 100, 99)).getFirst();
        cancel(resting);
        fill(sale, "99", "10", "0");
        this.now = this.now.plusSeconds(1);
        Order entry = newOrders(minute(3, 99, 100)).getFirst();
        assertThat(newOrders(fill(entry, "100", "10", "0"))).singleElement().matches(Order::isResting);
    }

    @Test
    void anEntryThatTheBrokerStillHasIsNotOver() {
        Order entry = newOrders(minute(1, 90, 100)).getFirst();
        place(entry);
        assertThat(this.account.book().exposure()).as("its money is at risk").isEqualByComparingTo("1000");
        Order resting = newOrders(fill(entry, "100", "10", "0")).getFirst();
        assertThat(resting.isResting()).isTrue();
        assertThat(Prices.toDecimal(Objects.requireNonNull(position()).quantity())).isEqualByComparingTo("10");
    }

    @Test
    void aSaleThatAPersonResolvesIsBookedForWhatItWas() {
        place(openPosition());
        Order sale = newOrders(minute(2, 100, 99)).getFirst();
        update(sale.withState(OrderState.AMBIGUOUS, "ambiguous", "look there"));
        assertThat(fill(sale.withState(OrderState.FILLED, "resolved", "I saw it"), "99", "10", "0").trades())
            .singleElement()
            .satisfies((trade) -> assertThat(trade.reason()).isEqualTo("opposite"));
    }

    @Test
    void salesInVainBeforeItSoldAllDoNotDelayTheNextPosition() {
        Order resting = openPosition();
        place(resting);
        update(newOrders(minute(2, 100, 99)).getFirst().withState(OrderState.NOT_SENT, "unresolved", ""));
        fill(resting, "90", "10", "0");
        this.now = this.now.plusMillis(1);
        Order next = newOrders(fill(newOrders(minute(3, 90, 100)).getFirst(), "100", "10", "0")).getFirst();
        place(next);
        assertThat(newOrders(price(4, 89))).as("past its limit").hasSize(1);
    }

    @Test
    void whenItIsNotTakenTheBotWatchesAndAsksAgainLater() {
        Order resting = openPosition();
        update(resting.withState(OrderState.REJECTED, "rejected", "no"));
        assertThat(newOrders(minute(2, 100, 100))).as("not at once").isEmpty();
        this.now = this.now.plusSeconds(60);
        Order retry = newOrders(minute(3, 100, 100)).getFirst();
        assertThat(retry.isResting()).isTrue();
        assertThat(retry.id()).isNotEqualTo(resting.id());
        update(retry.withState(OrderState.REJECTED, "rejected", "no"));
        assertThat(newOrders(price(4, 90)).getFirst().terms()).as("the bot sells, and nothing has to be ended")
            .isNull();
    }

    @Test
    void whatAPartialFillLeavesIsLookedAfterAgain() {
        Order resting = openPosition();
        place(resting);
        this.now = this.now.plusSeconds(1);
        Order retry = newOrders(fill(resting, "120", "4", "0")).getFirst();
        Position position = Objects.requireNonNull(position());
        assertThat(Prices.toDecimal(position.stop())).as("the bot watches the stop itself").isEqualByComparingTo("90");
        assertThat(retry.id()).isNotEqualTo(resting.id());
        assertThat(retry.isResting()).isTrue();
        assertThat(retry.amount()).isEqualByComparingTo("6");
    }

    @Test
    void anotherReplicaGoesOn() {
        Order resting = openPosition();
        place(resting);
        this.instance = createInstance(COLOUR, "1000",
                JSON.readValue(JSON.writeValueAsString(this.instance.snapshot()), BotInstanceSnapshot.class), null);
        assertThat(newOrders(price(2, 90))).isEmpty();
        assertThat(replacedOrder(newOrders(price(2, 89)).getFirst())).isEqualTo(resting.id());
    }

    @Test
    void aStateThatWasStoredBeforeHasNone() {
        String stored = JSON.writeValueAsString(BotInstanceSnapshot.NEW).replace(",\"resting\":null", "");
        assertThat(JSON.readValue(stored, BotInstanceSnapshot.class)).isEqualTo(BotInstanceSnapshot.NEW);
    }

    private Order openPosition() {
        Order entry = newOrders(minute(1, 90, 100)).getFirst();
        return newOrders(fill(entry, "100", "10", "0")).getFirst();
    }

    private @Nullable Position position() {
        return this.instance.snapshot().trader().position();
    }

    private static @Nullable UUID replacedOrder(Order sale) {
        return (sale.terms() instanceof SpotTerms terms) ? terms.after() : null;
    }

    private void place(Order order) {
        update(order.withFill(OrderState.PLACED, new Fill(null, null, null, null, 7L, this.now.toEpochMilli())));
    }

    private void cancel(Order order) {
        update(order.withState(OrderState.CANCELLED, "cancelled", ""));
    }

    private LedgerTransaction price(int number, long price) {
        return price(number, price, price, price);
    }

}
