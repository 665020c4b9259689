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
 * Tests for {@link BinanceBroker} and its sessions, with a broker without faults.
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
            BrokerSession session = this.binance.openSession(kind);
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
        assertThat(loginReason(BinanceSimulatorExtension.createKey("short", "secret", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
        assertThat(loginReason(
                BinanceSimulatorExtension.createKey(account.key(), "another", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
        assertThat(loginReason(
                BinanceSimulatorExtension.createKey(account.key(), "not base64!", Credentials.ApiKey.Kind.ED25519)))
            .isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
        assertThat(loginReason(
                BinanceSimulatorExtension.createKey("A".repeat(64), "secret", Credentials.ApiKey.Kind.HMAC)))
            .isEqualTo(LoginResult.Reason.SIGNED_OUT);
        assertThat(loginReason(new Credentials.Session(new Sensitive("x"))))
            .isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
    }

    @WaitingTest
    void buysForThePriceOfTheMarketAndCountsTheFee() {
        BrokerSession session = this.binance.openSession();
        List<BrokerOrderState> states = BinanceSimulatorExtension.collect(session.orderUpdates());
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        Fill fill = BinanceSimulatorExtension.placeAndFill(session, order);
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
        BrokerSession session = this.binance.openSession();
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        Fill fill = BinanceSimulatorExtension.placeAndFill(session, order);
        BrokerSession laterSession = this.binance.reopen(session);
        assertThat(BinanceSimulatorExtension.result(laterSession.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", fill));
        assertThat(BinanceSimulatorExtension
            .result(laterSession.orderState(BinanceSimulatorExtension.createOrder(), null))).as("it may still arrive")
            .isEqualTo(new BrokerOrderState.Unknown());
    }

    @WaitingTest
    void whatCannotBeHadWithinTheLimitIsNotWaitedFor() {
        BrokerSession session = this.binance.openSession();
        SpotOrder lowOrder = BinanceSimulatorExtension.createOrder(Side.BUY, "0.01", new BigDecimal("50000"),
                Duration.ofSeconds(3));
        Fill emptyFill = BinanceSimulatorExtension.placeAndFill(session, lowOrder);
        assertThat(emptyFill.quantity()).isZero();
        assertThat(emptyFill.fees()).isEmpty();
        SpotOrder largeOrder = BinanceSimulatorExtension.createOrder(Side.SELL, "0.9", new BigDecimal("50000"),
                Duration.ofSeconds(3));
        Fill partialFill = BinanceSimulatorExtension.placeAndFill(session, largeOrder);
        assertThat(partialFill.quantity()).isBetween(new BigDecimal("0.001"), new BigDecimal("0.89"));
        assertThat(partialFill.fees()).extracting(Fill.Fee::asset).containsExactly("USDT");
    }

    @WaitingTest
    void aLimitBetweenTwoPricesIsTheBetterOfThem() {
        Fill fill = BinanceSimulatorExtension.placeAndFill(this.binance.openSession(), BinanceSimulatorExtension
            .createOrder(Side.BUY, "0.01", new BigDecimal("190000.00512345"), Duration.ofSeconds(3)));
        assertThat(fill.quantity()).isEqualByComparingTo("0.01");
    }

    @WaitingTest
    void refusesWhatBreaksAFilterAndSaysTheStep() {
        BrokerSession session = this.binance.openSession();
        assertNotSent(session, BinanceSimulatorExtension.createOrder(Side.BUY, "0.010001", null, Duration.ofSeconds(3)),
                PlaceOrderResult.RejectReason.INVALID, "multiple of the step 0.00001");
        assertNotSent(session, BinanceSimulatorExtension.createOrder(Side.BUY, "0.00001", new BigDecimal("90000"),
                Duration.ofSeconds(3)), PlaceOrderResult.RejectReason.INVALID, "at least 5 USDT");
        assertThat(this.binance.counter("orders")).isZero();
    }

    @WaitingTest
    void sendsNothingWhereItMustNot() {
        BrokerSession session = this.binance.openSession();
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        assertThat(BinanceSimulatorExtension.result(session.place(order, () -> false))).isInstanceOfSatisfying(
                PlaceOrderResult.NotSent.class,
                (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.NOT_OWNER));
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
        assertThat(this.binance.counter("orders")).isZero();
    }

    @WaitingTest
    void sendsAnOrderOnceHoweverOftenItIsPlaced() {
        BrokerSession session = this.binance.openSession();
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        AtomicInteger checks = new AtomicInteger();
        Fill first = BinanceSimulatorExtension.placeAndFill(session, order);
        assertThat(BinanceSimulatorExtension.result(session.place(order, () -> checks.incrementAndGet() > 0)))
            .isEqualTo(new PlaceOrderResult.Filled(first));
        assertThat(checks).hasValue(0);
        assertThat(this.binance.counter("orders")).isEqualTo(1);
    }

    @WaitingTest
    void saysWhenThereIsNotEnoughMoneyOrNoMarket() {
        BrokerSession session = this.binance.openSession();
        SpotOrder largeOrder = BinanceSimulatorExtension.createOrder(Side.SELL, "2", null, Duration.ofSeconds(3));
        assertThat(BinanceSimulatorExtension.result(session.place(largeOrder, () -> true))).isInstanceOfSatisfying(
                PlaceOrderResult.Refused.class,
                (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.NO_FUNDS));
        this.binance.simulator().control("/control/halt/BTCUSDT");
        assertThat(BinanceSimulatorExtension.result(session.place(BinanceSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class,
                    (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.CLOSED));
    }

    @WaitingTest
    void letsInBeforeTheBrokerTellsThingsByItself() {
        URI unreachable = URI.create("ws://127.0.0.1:1/ws-api/v3");
        BinanceProperties properties = BinanceSimulatorExtension.properties(this.binance.simulator().port());
        Account account = this.binance.simulator().open(KeyKind.HMAC);
        try (BinanceBroker broker = new BinanceBroker(
                new BinanceProperties(properties.rest(), unreachable, properties.streams(), false),
                BinanceSimulatorExtension.TIMEOUTS, ReconnectBackoff.DEFAULT, Clock.systemUTC())) {
            BrokerSession session = BinanceSimulatorExtension
                .requireOpen(BinanceSimulatorExtension.result(broker.connect(BinanceSimulatorExtension
                    .createKey(account.key(), account.secret(), Credentials.ApiKey.Kind.HMAC))));
            assertThat(session.states().blockFirst(BinanceSimulatorExtension.REQUEST_TIMEOUT))
                .isEqualTo(SessionState.CONNECTING);
            BinanceSimulatorExtension.placeAndFill(session, BinanceSimulatorExtension.createOrder());
        }
    }

    @WaitingTest
    void closesForGood() {
        BrokerSession session = this.binance.openSession();
        List<SessionState> sessionStates = BinanceSimulatorExtension.collect(session.states());
        session.close().block(BinanceSimulatorExtension.REQUEST_TIMEOUT);
        BinanceSimulatorExtension.await("the end", () -> sessionStates.getLast() == SessionState.CLOSED);
        BinanceSimulatorExtension.await("the connection to be closed", () -> this.binance.counter("connections") == 0);
        assertThatThrownBy(() -> session.balances().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .isInstanceOfSatisfying(BrokerException.class,
                    (failure) -> assertThat(failure.kind()).isEqualTo(BrokerException.Kind.NOT_CONNECTED));
        assertNotSent(session, BinanceSimulatorExtension.createOrder(), PlaceOrderResult.RejectReason.NOT_CONNECTED,
                "closed");
    }

    @WaitingTest
    void usersDoNotDisturbEachOther() {
        BrokerSession firstSession = this.binance.openSession();
        BrokerSession secondSession = this.binance.openSession();
        List<BrokerOrderState> secondUpdates = BinanceSimulatorExtension.collect(secondSession.orderUpdates());
        BinanceSimulatorExtension.placeAndFill(firstSession, BinanceSimulatorExtension.createOrder());
        firstSession.close().block(BinanceSimulatorExtension.REQUEST_TIMEOUT);
        BrokerOrderState last = new BrokerOrderState.Filled("BTCUSDT",
                BinanceSimulatorExtension.placeAndFill(secondSession, BinanceSimulatorExtension.createOrder()));
        BinanceSimulatorExtension.await("the other's order", () -> secondUpdates.contains(last));
        assertThat(secondUpdates.stream().filter((state) -> state instanceof BrokerOrderState.Filled)).hasSize(1);
    }

    private LoginResult.Reason loginReason(Credentials credentials) {
        LoginResult login = BinanceSimulatorExtension.result(this.binance.broker().connect(credentials));
        if (login instanceof LoginResult.Refused refused) {
            return refused.why();
        }
        throw new AssertionError("expected a refusal, not " + login);
    }

    private void assertNotSent(BrokerSession session, SpotOrder order, PlaceOrderResult.RejectReason reason,
            String text) {
        assertThat(BinanceSimulatorExtension.result(session.place(order, () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.NotSent.class, (rejection) -> {
                assertThat(rejection.why()).isEqualTo(reason);
                assertThat(rejection.message()).contains(text);
            });
    }

}
