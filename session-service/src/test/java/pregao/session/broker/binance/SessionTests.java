package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;

import pregao.session.broker.api.Balance;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Direction;
import pregao.session.broker.api.Fill;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.Sensitive;
import pregao.session.broker.api.SessionState;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;
import pregao.simulator.binance.Account;
import pregao.simulator.binance.KeyKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link BinanceBroker} and its sessions, with a broker that behaves.
 */
class SessionTests {

    private final BinanceSimulatorExtension binance = new BinanceSimulatorExtension();

    @AfterEach
    void close() {
        this.binance.close();
    }

    @WaitingTest
    void letsKeysOfBothKindsInAndTellsTheirMoney() {
        for (KeyKind kind : KeyKind.values()) {
            BrokerSession session = this.binance.session(kind);
            List<Balance> balances = BinanceSimulatorExtension.result(session.balances());
            assertThat(balances).extracting(Balance::currency).containsExactly("BTC", "ETH", "USDT");
            assertThat(balances).extracting(Balance::id).doesNotHaveDuplicates();
            assertThat(balances).allMatch((balance) -> balance.account() == TradingMode.DEMO);
            assertThat(balances.getLast().amount()).isEqualByComparingTo("100000");
            assertThat(session.credentials()).isInstanceOf(Credentials.ApiKey.class);
        }
    }

    @WaitingTest
    void refusesWhatIsNoKey() {
        Account account = this.binance.simulator().open(KeyKind.HMAC);
        assertThat(why(BinanceSimulatorExtension.key("short", "secret", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
        assertThat(why(BinanceSimulatorExtension.key(account.key(), "another", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
        assertThat(why(BinanceSimulatorExtension.key(account.key(), "not base64!", Credentials.ApiKey.Kind.ED25519)))
            .isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
        assertThat(why(BinanceSimulatorExtension.key("A".repeat(64), "secret", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(LoginResult.Reason.SIGNED_OUT);
        assertThat(why(new Credentials.Session(new Sensitive("x")))).isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
    }

    @WaitingTest
    void buysForThePriceOfTheMarketAndCountsTheFee() {
        BrokerSession session = this.binance.session();
        List<BrokerOrderState> states = BinanceSimulatorExtension.watched(session.orders());
        SpotOrder order = BinanceSimulatorExtension.order();
        Fill fill = BinanceSimulatorExtension.filled(session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.01");
        assertThat(fill.quote()).isBetween(new BigDecimal("500"), new BigDecimal("2000"));
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("BTC");
        assertThat(fill.fees().getFirst().amount()).isBetween(new BigDecimal("0.0000099"), new BigDecimal("0.00001"));
        BinanceSimulatorExtension.await("the order to be told",
                () -> states.contains(new BrokerOrderState.Filled("BTCUSDT", fill)));
        assertThat(BinanceSimulatorExtension.result(session.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", fill));
        assertThat(BinanceSimulatorExtension.result(session.balances()).getFirst().amount())
            .as("the fee was taken from what was bought")
            .isEqualByComparingTo(BigDecimal.ONE.add(fill.quantity()).subtract(fill.fees().getFirst().amount()));
    }

    @WaitingTest
    void anotherSessionFindsWhatOneHasSent() {
        BrokerSession session = this.binance.session();
        SpotOrder order = BinanceSimulatorExtension.order();
        Fill fill = BinanceSimulatorExtension.filled(session, order);
        BrokerSession another = this.binance.again(session);
        assertThat(BinanceSimulatorExtension.result(another.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", fill));
        assertThat(BinanceSimulatorExtension.result(another.orderState(BinanceSimulatorExtension.order(), null)))
            .as("it may still arrive")
            .isEqualTo(new BrokerOrderState.Unknown());
    }

    @WaitingTest
    void whatCannotBeHadWithinTheLimitIsNotWaitedFor() {
        BrokerSession session = this.binance.session();
        SpotOrder low = BinanceSimulatorExtension.order(Side.BUY, "0.01", new BigDecimal("50000"),
                Duration.ofSeconds(3));
        Fill nothing = BinanceSimulatorExtension.filled(session, low);
        assertThat(nothing.quantity()).isZero();
        assertThat(nothing.fees()).isEmpty();
        SpotOrder much = BinanceSimulatorExtension.order(Side.SELL, "0.9", new BigDecimal("50000"),
                Duration.ofSeconds(3));
        Fill some = BinanceSimulatorExtension.filled(session, much);
        assertThat(some.quantity()).isBetween(new BigDecimal("0.001"), new BigDecimal("0.89"));
        assertThat(some.fees()).extracting(Fill.Fee::asset).containsExactly("USDT");
    }

    @WaitingTest
    void aLimitBetweenTwoPricesIsTheBetterOfThem() {
        Fill fill = BinanceSimulatorExtension.filled(this.binance.session(), BinanceSimulatorExtension.order(Side.BUY,
                "0.01", new BigDecimal("190000.00512345"), Duration.ofSeconds(3)));
        assertThat(fill.quantity()).isEqualByComparingTo("0.01");
    }

    @WaitingTest
    void refusesWhatBreaksAFilterAndSaysTheStep() {
        BrokerSession session = this.binance.session();
        assertNotSent(session, BinanceSimulatorExtension.order(Side.BUY, "0.010001", null, Duration.ofSeconds(3)),
                PlaceOrderResult.RejectReason.INVALID, "multiple of the step 0.00001");
        assertNotSent(session,
                BinanceSimulatorExtension.order(Side.BUY, "0.00001", new BigDecimal("90000"), Duration.ofSeconds(3)),
                PlaceOrderResult.RejectReason.INVALID, "at least 5 USDT");
        assertThat(this.binance.state("orders")).isZero();
    }

    @WaitingTest
    void sendsNothingWhereItMustNot() {
        BrokerSession session = this.binance.session();
        SpotOrder order = BinanceSimulatorExtension.order();
        assertThat(BinanceSimulatorExtension.result(session.place(order, () -> false))).isInstanceOfSatisfying(
                PlaceOrderResult.NotSent.class,
                (no) -> assertThat(no.why()).isEqualTo(PlaceOrderResult.RejectReason.NOT_OWNER));
        Instant now = Clock.systemUTC().instant();
        assertNotSent(session,
                new SpotOrder(UUID.randomUUID(), TradingMode.DEMO, BinanceSimulatorExtension.SYMBOL, Side.BUY,
                        new BigDecimal("0.01"), null, now.minusSeconds(9), now.minusSeconds(1)),
                PlaceOrderResult.RejectReason.TOO_LATE, "");
        assertNotSent(session,
                new SpotOrder(UUID.randomUUID(), TradingMode.REAL, BinanceSimulatorExtension.SYMBOL, Side.BUY,
                        new BigDecimal("0.01"), null, now, now.plusSeconds(3)),
                PlaceOrderResult.RejectReason.REAL_MONEY_OFF, "real money");
        assertNotSent(session, new SpotOrder(UUID.randomUUID(), TradingMode.DEMO, "NOSUCH", Side.BUY,
                new BigDecimal("0.01"), null, now, now.plusSeconds(3)), PlaceOrderResult.RejectReason.NOT_TRADED,
                "NOSUCH");
        OptionOrder option = new OptionOrder(UUID.randomUUID(), TradingMode.DEMO, BinanceSimulatorExtension.SYMBOL,
                Direction.CALL, BigDecimal.TEN, Duration.ofMinutes(1), 87, now, now.plusSeconds(3));
        assertThat(BinanceSimulatorExtension.result(session.place(option, () -> true)))
            .isInstanceOf(PlaceOrderResult.NotSent.class);
        assertThat(this.binance.state("orders")).isZero();
    }

    @WaitingTest
    void sendsAnOrderOnceHoweverOftenItIsPlaced() {
        BrokerSession session = this.binance.session();
        SpotOrder order = BinanceSimulatorExtension.order();
        AtomicInteger asked = new AtomicInteger();
        Fill first = BinanceSimulatorExtension.filled(session, order);
        assertThat(BinanceSimulatorExtension.result(session.place(order, () -> asked.incrementAndGet() > 0)))
            .isEqualTo(new PlaceOrderResult.Filled(first));
        assertThat(asked).hasValue(0);
        assertThat(this.binance.state("orders")).isEqualTo(1);
    }

    @WaitingTest
    void saysWhenThereIsNotEnoughMoneyOrNoMarket() {
        BrokerSession session = this.binance.session();
        SpotOrder dear = BinanceSimulatorExtension.order(Side.SELL, "2", null, Duration.ofSeconds(3));
        assertThat(BinanceSimulatorExtension.result(session.place(dear, () -> true))).isInstanceOfSatisfying(
                PlaceOrderResult.Refused.class,
                (no) -> assertThat(no.why()).isEqualTo(PlaceOrderResult.RejectReason.NO_FUNDS));
        this.binance.simulator().control("/control/halt/BTCUSDT");
        assertThat(BinanceSimulatorExtension.result(session.place(BinanceSimulatorExtension.order(), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class,
                    (no) -> assertThat(no.why()).isEqualTo(PlaceOrderResult.RejectReason.CLOSED));
    }

    @WaitingTest
    void letsInBeforeTheBrokerTellsThingsByItself() {
        URI nowhere = URI.create("ws://127.0.0.1:1/ws-api/v3");
        BinanceProperties here = BinanceSimulatorExtension.settings(this.binance.simulator().port());
        Account account = this.binance.simulator().open(KeyKind.HMAC);
        try (BinanceBroker broker = new BinanceBroker(
                new BinanceProperties(here.rest(), nowhere, here.streams(), false), BinanceSimulatorExtension.TIMEOUTS,
                ReconnectBackoff.DEFAULT, Clock.systemUTC())) {
            BrokerSession session = BinanceSimulatorExtension.opened(BinanceSimulatorExtension.result(broker.connect(
                    BinanceSimulatorExtension.key(account.key(), account.secret(), Credentials.ApiKey.Kind.HMAC))));
            assertThat(session.states().blockFirst(BinanceSimulatorExtension.REQUEST_TIMEOUT))
                .isEqualTo(SessionState.CONNECTING);
            BinanceSimulatorExtension.filled(session, BinanceSimulatorExtension.order());
        }
    }

    @WaitingTest
    void closesForGood() {
        BrokerSession session = this.binance.session();
        List<SessionState> life = BinanceSimulatorExtension.watched(session.states());
        session.close().block(BinanceSimulatorExtension.REQUEST_TIMEOUT);
        BinanceSimulatorExtension.await("the end", () -> life.getLast() == SessionState.CLOSED);
        BinanceSimulatorExtension.await("the connection to be closed", () -> this.binance.state("connections") == 0);
        assertThatThrownBy(() -> session.balances().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .isInstanceOfSatisfying(BrokerException.class,
                    (failure) -> assertThat(failure.kind()).isEqualTo(BrokerException.Kind.NOT_CONNECTED));
        assertNotSent(session, BinanceSimulatorExtension.order(), PlaceOrderResult.RejectReason.NOT_CONNECTED,
                "closed");
    }

    @WaitingTest
    void usersDoNotDisturbEachOther() {
        BrokerSession one = this.binance.session();
        BrokerSession other = this.binance.session();
        List<BrokerOrderState> othersOrders = BinanceSimulatorExtension.watched(other.orders());
        BinanceSimulatorExtension.filled(one, BinanceSimulatorExtension.order());
        one.close().block(BinanceSimulatorExtension.REQUEST_TIMEOUT);
        BrokerOrderState last = new BrokerOrderState.Filled("BTCUSDT",
                BinanceSimulatorExtension.filled(other, BinanceSimulatorExtension.order()));
        BinanceSimulatorExtension.await("the other's order", () -> othersOrders.contains(last));
        assertThat(othersOrders.stream().filter((state) -> state instanceof BrokerOrderState.Filled)).hasSize(1);
    }

    private LoginResult.Reason why(Credentials credentials) {
        LoginResult login = BinanceSimulatorExtension.result(this.binance.broker().connect(credentials));
        if (login instanceof LoginResult.Refused refused) {
            return refused.why();
        }
        throw new AssertionError("expected a refusal, not " + login);
    }

    private void assertNotSent(BrokerSession session, SpotOrder order, PlaceOrderResult.RejectReason why,
            String words) {
        assertThat(BinanceSimulatorExtension.result(session.place(order, () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.NotSent.class, (no) -> {
                assertThat(no.why()).isEqualTo(why);
                assertThat(no.message()).contains(words);
            });
    }

}
