package pregao.session.binance;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;

import pregao.session.broker.Balance;
import pregao.session.broker.BrokerAccount;
import pregao.session.broker.BrokerFailure;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.Credentials;
import pregao.session.broker.Direction;
import pregao.session.broker.Fill;
import pregao.session.broker.Login;
import pregao.session.broker.OptionOrder;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.Secret;
import pregao.session.broker.SessionState;
import pregao.session.broker.Side;
import pregao.session.broker.SpotOrder;
import pregao.simulator.binance.Account;
import pregao.simulator.binance.KeyKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link BinanceBroker} and its sessions, with a broker that behaves.
 */
class SessionTests {

    private final Simulated binance = new Simulated();

    @AfterEach
    void close() {
        this.binance.close();
    }

    @WaitingTest
    void letsKeysOfBothKindsInAndTellsTheirMoney() {
        for (KeyKind kind : KeyKind.values()) {
            BrokerSession session = this.binance.session(kind);
            List<Balance> balances = Simulated.result(session.balances());
            assertThat(balances).extracting(Balance::currency).containsExactly("BTC", "ETH", "USDT");
            assertThat(balances).extracting(Balance::id).doesNotHaveDuplicates();
            assertThat(balances).allMatch((balance) -> balance.account() == BrokerAccount.DEMO);
            assertThat(balances.getLast().amount()).isEqualByComparingTo("100000");
            assertThat(session.credentials()).isInstanceOf(Credentials.ApiKey.class);
        }
    }

    @WaitingTest
    void refusesWhatIsNoKey() {
        Account account = this.binance.simulator().open(KeyKind.HMAC);
        assertThat(why(Simulated.key("short", "secret", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(Login.Why.WRONG_CREDENTIALS);
        assertThat(why(Simulated.key(account.key(), "another", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(Login.Why.WRONG_CREDENTIALS);
        assertThat(why(Simulated.key(account.key(), "not base64!", Credentials.ApiKey.Kind.ED25519)))
            .isEqualTo(Login.Why.WRONG_CREDENTIALS);
        assertThat(why(Simulated.key("A".repeat(64), "secret", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(Login.Why.SIGNED_OUT);
        assertThat(why(new Credentials.Session(new Secret("x")))).isEqualTo(Login.Why.WRONG_CREDENTIALS);
    }

    @WaitingTest
    void buysForThePriceOfTheMarketAndCountsTheFee() {
        BrokerSession session = this.binance.session();
        List<OrderState> states = Simulated.watched(session.orders());
        SpotOrder order = Simulated.order();
        Fill fill = Simulated.filled(session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.01");
        assertThat(fill.quote()).isBetween(new BigDecimal("500"), new BigDecimal("2000"));
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("BTC");
        assertThat(fill.fees().getFirst().amount()).isBetween(new BigDecimal("0.0000099"), new BigDecimal("0.00001"));
        Simulated.await("the order to be told", () -> states.contains(new OrderState.Filled("BTCUSDT", fill)));
        assertThat(Simulated.result(session.orderState(order, null))).isEqualTo(new OrderState.Filled("BTCUSDT", fill));
        assertThat(Simulated.result(session.balances()).getFirst().amount())
            .as("the fee was taken from what was bought")
            .isEqualByComparingTo(BigDecimal.ONE.add(fill.quantity()).subtract(fill.fees().getFirst().amount()));
    }

    @WaitingTest
    void anotherSessionFindsWhatOneHasSent() {
        BrokerSession session = this.binance.session();
        SpotOrder order = Simulated.order();
        Fill fill = Simulated.filled(session, order);
        BrokerSession another = this.binance.again(session);
        assertThat(Simulated.result(another.orderState(order, null))).isEqualTo(new OrderState.Filled("BTCUSDT", fill));
        assertThat(Simulated.result(another.orderState(Simulated.order(), null))).as("it may still arrive")
            .isEqualTo(new OrderState.Unknown());
    }

    @WaitingTest
    void whatCannotBeHadWithinTheLimitIsNotWaitedFor() {
        BrokerSession session = this.binance.session();
        SpotOrder low = Simulated.order(Side.BUY, "0.01", new BigDecimal("50000"), Duration.ofSeconds(3));
        Fill nothing = Simulated.filled(session, low);
        assertThat(nothing.quantity()).isZero();
        assertThat(nothing.fees()).isEmpty();
        SpotOrder much = Simulated.order(Side.SELL, "0.9", new BigDecimal("50000"), Duration.ofSeconds(3));
        Fill some = Simulated.filled(session, much);
        assertThat(some.quantity()).isBetween(new BigDecimal("0.001"), new BigDecimal("0.89"));
        assertThat(some.fees()).extracting(Fill.Fee::asset).containsExactly("USDT");
    }

    @WaitingTest
    void aLimitBetweenTwoPricesIsTheBetterOfThem() {
        Fill fill = Simulated.filled(this.binance.session(),
                Simulated.order(Side.BUY, "0.01", new BigDecimal("190000.00512345"), Duration.ofSeconds(3)));
        assertThat(fill.quantity()).isEqualByComparingTo("0.01");
    }

    @WaitingTest
    void refusesWhatBreaksAFilterAndSaysTheStep() {
        BrokerSession session = this.binance.session();
        assertNotSent(session, Simulated.order(Side.BUY, "0.010001", null, Duration.ofSeconds(3)),
                Placement.Why.INVALID, "multiple of the step 0.00001");
        assertNotSent(session, Simulated.order(Side.BUY, "0.00001", new BigDecimal("90000"), Duration.ofSeconds(3)),
                Placement.Why.INVALID, "at least 5 USDT");
        assertThat(this.binance.state("orders")).isZero();
    }

    @WaitingTest
    void sendsNothingWhereItMustNot() {
        BrokerSession session = this.binance.session();
        SpotOrder order = Simulated.order();
        assertThat(Simulated.result(session.place(order, () -> false))).isInstanceOfSatisfying(Placement.NotSent.class,
                (no) -> assertThat(no.why()).isEqualTo(Placement.Why.NOT_OWNER));
        Instant now = Clock.systemUTC().instant();
        assertNotSent(
                session, new SpotOrder(UUID.randomUUID(), BrokerAccount.DEMO, Simulated.SYMBOL, Side.BUY,
                        new BigDecimal("0.01"), null, now.minusSeconds(9), now.minusSeconds(1)),
                Placement.Why.TOO_LATE, "");
        assertNotSent(
                session, new SpotOrder(UUID.randomUUID(), BrokerAccount.REAL, Simulated.SYMBOL, Side.BUY,
                        new BigDecimal("0.01"), null, now, now.plusSeconds(3)),
                Placement.Why.REAL_MONEY_OFF, "real money");
        assertNotSent(session, new SpotOrder(UUID.randomUUID(), BrokerAccount.DEMO, "NOSUCH", Side.BUY,
                new BigDecimal("0.01"), null, now, now.plusSeconds(3)), Placement.Why.NOT_TRADED, "NOSUCH");
        OptionOrder option = new OptionOrder(UUID.randomUUID(), BrokerAccount.DEMO, Simulated.SYMBOL, Direction.CALL,
                BigDecimal.TEN, Duration.ofMinutes(1), 87, now, now.plusSeconds(3));
        assertThat(Simulated.result(session.place(option, () -> true))).isInstanceOf(Placement.NotSent.class);
        assertThat(this.binance.state("orders")).isZero();
    }

    @WaitingTest
    void sendsAnOrderOnceHoweverOftenItIsPlaced() {
        BrokerSession session = this.binance.session();
        SpotOrder order = Simulated.order();
        AtomicInteger asked = new AtomicInteger();
        Fill first = Simulated.filled(session, order);
        assertThat(Simulated.result(session.place(order, () -> asked.incrementAndGet() > 0)))
            .isEqualTo(new Placement.Filled(first));
        assertThat(asked).hasValue(0);
        assertThat(this.binance.state("orders")).isEqualTo(1);
    }

    @WaitingTest
    void saysWhenThereIsNotEnoughMoneyOrNoMarket() {
        BrokerSession session = this.binance.session();
        SpotOrder dear = Simulated.order(Side.SELL, "2", null, Duration.ofSeconds(3));
        assertThat(Simulated.result(session.place(dear, () -> true))).isInstanceOfSatisfying(Placement.Refused.class,
                (no) -> assertThat(no.why()).isEqualTo(Placement.Why.NO_FUNDS));
        this.binance.simulator().control("/control/halt/BTCUSDT");
        assertThat(Simulated.result(session.place(Simulated.order(), () -> true))).isInstanceOfSatisfying(
                Placement.Refused.class, (no) -> assertThat(no.why()).isEqualTo(Placement.Why.CLOSED));
    }

    @WaitingTest
    void letsInBeforeTheBrokerTellsThingsByItself() {
        URI nowhere = URI.create("ws://127.0.0.1:1/ws-api/v3");
        BinanceSettings here = Simulated.settings(this.binance.simulator().port());
        Account account = this.binance.simulator().open(KeyKind.HMAC);
        try (BinanceBroker broker = new BinanceBroker(new BinanceSettings(here.rest(), nowhere, here.streams(), false),
                Simulated.TIMEOUTS, Backoff.DEFAULT, Clock.systemUTC())) {
            BrokerSession session = Simulated.opened(Simulated
                .result(broker.connect(Simulated.key(account.key(), account.secret(), Credentials.ApiKey.Kind.HMAC))));
            assertThat(session.states().blockFirst(Simulated.PATIENCE)).isEqualTo(SessionState.CONNECTING);
            Simulated.filled(session, Simulated.order());
        }
    }

    @WaitingTest
    void closesForGood() {
        BrokerSession session = this.binance.session();
        List<SessionState> life = Simulated.watched(session.states());
        session.close().block(Simulated.PATIENCE);
        Simulated.await("the end", () -> life.getLast() == SessionState.CLOSED);
        Simulated.await("the connection to be closed", () -> this.binance.state("connections") == 0);
        assertThatThrownBy(() -> session.balances().block(Simulated.PATIENCE)).isInstanceOfSatisfying(
                BrokerFailure.class,
                (failure) -> assertThat(failure.kind()).isEqualTo(BrokerFailure.Kind.NOT_CONNECTED));
        assertNotSent(session, Simulated.order(), Placement.Why.NOT_CONNECTED, "closed");
    }

    @WaitingTest
    void usersDoNotDisturbEachOther() {
        BrokerSession one = this.binance.session();
        BrokerSession other = this.binance.session();
        List<OrderState> othersOrders = Simulated.watched(other.orders());
        Simulated.filled(one, Simulated.order());
        one.close().block(Simulated.PATIENCE);
        OrderState last = new OrderState.Filled("BTCUSDT", Simulated.filled(other, Simulated.order()));
        Simulated.await("the other's order", () -> othersOrders.contains(last));
        assertThat(othersOrders.stream().filter((state) -> state instanceof OrderState.Filled)).hasSize(1);
    }

    private Login.Why why(Credentials credentials) {
        Login login = Simulated.result(this.binance.broker().connect(credentials));
        if (login instanceof Login.Refused refused) {
            return refused.why();
        }
        throw new AssertionError("expected a refusal, not " + login);
    }

    private void assertNotSent(BrokerSession session, SpotOrder order, Placement.Why why, String words) {
        assertThat(Simulated.result(session.place(order, () -> true))).isInstanceOfSatisfying(Placement.NotSent.class,
                (no) -> {
                    assertThat(no.why()).isEqualTo(why);
                    assertThat(no.message()).contains(words);
                });
    }

}
