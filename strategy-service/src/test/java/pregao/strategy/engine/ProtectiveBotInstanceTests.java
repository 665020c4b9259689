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
 * What a desk has lie at the broker for what it holds: bought 10 at 100, with a stop at
 * 90 and a take at 120.
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
        Order resting = bought();
        assertThat(resting.side()).isEqualTo(Side.SELL);
        assertThat(resting.amount()).isEqualByComparingTo("10");
        assertThat(resting.terms()).isInstanceOfSatisfying(SpotTerms.class, (terms) -> {
            assertThat(terms.stop()).isEqualByComparingTo("90");
            assertThat(terms.limit()).as("one percent below the stop").isEqualByComparingTo("89.1");
            assertThat(terms.take()).isEqualByComparingTo("120");
            assertThat(terms.after()).isNull();
        });
        placed(resting);
        assertThat(ordered(minute(2, 100, 100))).as("one is enough").isEmpty();
    }

    @Test
    void itsFillClosesThePosition() {
        Order resting = bought();
        placed(resting);
        LedgerTransaction sold = filled(resting, "90", "10", "0.9");
        assertThat(sold.trades()).singleElement().satisfies((trade) -> {
            assertThat(trade.reason()).isEqualTo("stop");
            assertThat(trade.profit()).isEqualByComparingTo("-100.9");
        });
        assertThat(held()).isNull();
        assertThat(this.account.book().exposure()).isZero();
        assertThat(this.desk.isBusy()).isFalse();
        assertThat(ordered(minute(2, 80, 80))).as("nothing is sold twice").isEmpty();
    }

    @Test
    void aboveTheTakeItIsATake() {
        Order resting = bought();
        placed(resting);
        assertThat(filled(resting, "120", "10", "0").trades()).singleElement()
            .satisfies((trade) -> assertThat(trade.reason()).isEqualTo("take"));
    }

    @Test
    void whileItIsNotConfirmedTheBotEnforcesTheStopAndEndsItFirst() {
        Order resting = bought();
        Order sale = ordered(price(2, 90)).getFirst();
        assertThat(sale.reason()).isEqualTo("stop");
        assertThat(after(sale)).isEqualTo(resting.id());
    }

    @Test
    void onceConfirmedTheBotSellsOnlyPastItsLimit() {
        Order resting = bought();
        placed(resting);
        assertThat(ordered(price(2, 90))).as("the broker does that").isEmpty();
        assertThat(ordered(price(2, 121))).as("and that").isEmpty();
        Order sale = ordered(price(2, 89)).getFirst();
        assertThat(sale.reason()).isEqualTo("stop");
        assertThat(after(sale)).isEqualTo(resting.id());
    }

    @Test
    void anOppositeSignalEndsItFirst() {
        Order resting = bought();
        placed(resting);
        Order sale = ordered(minute(2, 100, 99)).getFirst();
        assertThat(after(sale)).isEqualTo(resting.id());
        cancelled(resting);
        LedgerTransaction sold = filled(sale, "99", "10", "0");
        assertThat(sold.trades()).hasSize(1);
        assertThat(held()).isNull();
        assertThat(this.desk.isBusy()).isFalse();
    }

    @Test
    void aBotThatStopsAndClosesEndsItFirst() {
        Order resting = bought();
        placed(resting);
        LedgerTransaction ledger = ledger();
        this.desk.stop(true, turn(ledger));
        assertThat(after(ordered(done(ledger)).getFirst())).isEqualTo(resting.id());
    }

    @Test
    void whatItSoldBeforeTheSaleIsNotSoldAgainWhicheverIsToldFirst() {
        for (boolean saleFirst : new boolean[] { true, false }) {
            this.desk = desk(COLOUR, "1000", BotInstanceSnapshot.NEW, null);
            this.account = new Account(ACCOUNT, new UUID(3, 3), "binance", "USDT", RiskLimits.USUAL,
                    AccountRiskState.empty(null));
            Order resting = bought();
            placed(resting);
            Order sale = ordered(minute(2, 100, 99)).getFirst();
            LedgerTransaction first = saleFirst ? filled(sale, "99", "6", "0") : filled(resting, "90", "4", "0");
            assertThat(Prices.toDecimal(Objects.requireNonNull(held()).quantity()))
                .isEqualByComparingTo(saleFirst ? "4" : "6");
            LedgerTransaction second = saleFirst ? filled(resting, "90", "4", "0") : filled(sale, "99", "6", "0");
            assertThat(first.trades().getFirst().amount().add(second.trades().getFirst().amount()))
                .isEqualByComparingTo("10");
            assertThat(held()).isNull();
            assertThat(this.account.book().exposure()).isZero();
        }
    }

    @Test
    void aSaleThatCameTooLateSellsNothing() {
        Order resting = bought();
        placed(resting);
        Order sale = ordered(minute(2, 100, 99)).getFirst();
        assertThat(filled(resting, "90", "10", "0").trades()).hasSize(1);
        LedgerTransaction ledgerTransaction = told(sale.became(OrderState.NOT_SENT, "already_sold", ""));
        assertThat(ledgerTransaction.trades()).isEmpty();
        assertThat(this.desk.isBusy()).isFalse();
        assertThat(ordered(minute(3, 90, 91)).getFirst().side()).as("it goes on").isEqualTo(Side.BUY);
    }

    @Test
    void whatLayThereForASoldPositionIsNoneOfTheNext() {
        Order first = bought();
        placed(first);
        filled(ordered(minute(2, 100, 99)).getFirst(), "99", "10", "0");
        assertThat(held()).isNull();
        this.now = this.now.plusSeconds(1);
        Order second = ordered(filled(ordered(minute(3, 190, 200)).getFirst(), "200", "5", "0")).getFirst();
        assertThat(second.isResting()).as("the next is looked after at once").isTrue();
        LedgerTransaction late = told(first.became(OrderState.CANCELLED, "cancelled", ""));
        assertThat(late.trades()).isEmpty();
        assertThat(Prices.toDecimal(Objects.requireNonNull(held()).stop())).isEqualByComparingTo("180");
    }

    @Test
    void theNextPositionIsLookedAfterAtOnceHoweverTheLastEnded() {
        Order resting = bought();
        placed(resting);
        Order sale = ordered(minute(2, 100, 99)).getFirst();
        cancelled(resting);
        filled(sale, "99", "10", "0");
        this.now = this.now.plusSeconds(1);
        Order entry = ordered(minute(3, 99, 100)).getFirst();
        assertThat(ordered(filled(entry, "100", "10", "0"))).singleElement().matches(Order::isResting);
    }

    @Test
    void anEntryThatTheBrokerStillHasIsNotOver() {
        Order entry = ordered(minute(1, 90, 100)).getFirst();
        placed(entry);
        assertThat(this.account.book().exposure()).as("its money is at risk").isEqualByComparingTo("1000");
        Order resting = ordered(filled(entry, "100", "10", "0")).getFirst();
        assertThat(resting.isResting()).isTrue();
        assertThat(Prices.toDecimal(Objects.requireNonNull(held()).quantity())).isEqualByComparingTo("10");
    }

    @Test
    void aSaleThatAPersonResolvesIsBookedForWhatItWas() {
        placed(bought());
        Order sale = ordered(minute(2, 100, 99)).getFirst();
        told(sale.became(OrderState.AMBIGUOUS, "ambiguous", "look there"));
        assertThat(filled(sale.became(OrderState.FILLED, "resolved", "I saw it"), "99", "10", "0").trades())
            .singleElement()
            .satisfies((trade) -> assertThat(trade.reason()).isEqualTo("opposite"));
    }

    @Test
    void salesInVainBeforeItSoldAllDoNotDelayTheNextPosition() {
        Order resting = bought();
        placed(resting);
        told(ordered(minute(2, 100, 99)).getFirst().became(OrderState.NOT_SENT, "unresolved", ""));
        filled(resting, "90", "10", "0");
        this.now = this.now.plusMillis(1);
        Order next = ordered(filled(ordered(minute(3, 90, 100)).getFirst(), "100", "10", "0")).getFirst();
        placed(next);
        assertThat(ordered(price(4, 89))).as("past its limit").hasSize(1);
    }

    @Test
    void whenItIsNotTakenTheBotWatchesAndAsksAgainLater() {
        Order resting = bought();
        told(resting.became(OrderState.REJECTED, "rejected", "no"));
        assertThat(ordered(minute(2, 100, 100))).as("not at once").isEmpty();
        this.now = this.now.plusSeconds(60);
        Order again = ordered(minute(3, 100, 100)).getFirst();
        assertThat(again.isResting()).isTrue();
        assertThat(again.id()).isNotEqualTo(resting.id());
        told(again.became(OrderState.REJECTED, "rejected", "no"));
        assertThat(ordered(price(4, 90)).getFirst().terms()).as("the bot sells, and nothing has to be ended").isNull();
    }

    @Test
    void whatAPartialFillLeavesIsLookedAfterAgain() {
        Order resting = bought();
        placed(resting);
        this.now = this.now.plusSeconds(1);
        Order again = ordered(filled(resting, "120", "4", "0")).getFirst();
        Position rest = Objects.requireNonNull(held());
        assertThat(Prices.toDecimal(rest.stop())).as("the bot watches the stop itself").isEqualByComparingTo("90");
        assertThat(again.id()).isNotEqualTo(resting.id());
        assertThat(again.isResting()).isTrue();
        assertThat(again.amount()).isEqualByComparingTo("6");
    }

    @Test
    void anotherReplicaGoesOn() {
        Order resting = bought();
        placed(resting);
        this.desk = desk(COLOUR, "1000",
                JSON.readValue(JSON.writeValueAsString(this.desk.state()), BotInstanceSnapshot.class), null);
        assertThat(ordered(price(2, 90))).isEmpty();
        assertThat(after(ordered(price(2, 89)).getFirst())).isEqualTo(resting.id());
    }

    @Test
    void aStateThatWasStoredBeforeHasNone() {
        String stored = JSON.writeValueAsString(BotInstanceSnapshot.NEW).replace(",\"resting\":null", "");
        assertThat(JSON.readValue(stored, BotInstanceSnapshot.class)).isEqualTo(BotInstanceSnapshot.NEW);
    }

    private Order bought() {
        Order entry = ordered(minute(1, 90, 100)).getFirst();
        return ordered(filled(entry, "100", "10", "0")).getFirst();
    }

    private @Nullable Position held() {
        return this.desk.state().trader().position();
    }

    private static @Nullable UUID after(Order sale) {
        return (sale.terms() instanceof SpotTerms terms) ? terms.after() : null;
    }

    private void placed(Order order) {
        told(order.done(OrderState.PLACED, new Fill(null, null, null, null, 7L, this.now.toEpochMilli())));
    }

    private void cancelled(Order order) {
        told(order.became(OrderState.CANCELLED, "cancelled", ""));
    }

    private LedgerTransaction price(int number, long price) {
        return price(number, price, price, price);
    }

}
