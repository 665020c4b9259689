package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import pregao.session.broker.api.Balance;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerInstrument;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.Sensitive;
import pregao.session.broker.api.SessionState;
import pregao.session.broker.api.TradingMode;
import pregao.simulator.polarium.AccountKind;
import pregao.simulator.polarium.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link PolariumBroker} and its sessions, with a broker without faults.
 */
class PolariumSessionTests {

    private final PolariumSimulatorExtension polarium = new PolariumSimulatorExtension();

    @AfterEach
    void close() {
        this.polarium.close();
    }

    @Test
    void letsInByPassword() {
        BrokerSession session = this.polarium.openSession();
        List<Balance> balances = PolariumSimulatorExtension.result(session.balances());
        assertThat(balances).filteredOn((balance) -> balance.account() == TradingMode.DEMO)
            .singleElement()
            .satisfies((balance) -> assertThat(balance.amount()).isEqualByComparingTo("10000"));
        assertThat(PolariumSimulatorExtension.result(session.states().next())).isEqualTo(SessionState.OPEN);
    }

    @Test
    void asksForBalancesAsOlderClientsDoWhereTheBrokerKnowsNoOtherWay() {
        BrokerSession session = this.polarium.openSession();
        this.polarium.simulator().arm(Fault.BALANCES_UNKNOWN, 2, 0);
        assertThat(PolariumSimulatorExtension.result(session.balances())).extracting(Balance::account)
            .containsExactlyInAnyOrder(TradingMode.REAL, TradingMode.DEMO);
        PolariumSimulatorExtension.placeOrder(session, PolariumSimulatorExtension.createOrder());
        assertThat(this.polarium.simulator().isCalm()).as("the newer way was tried first").isTrue();
    }

    @Test
    void letsInByPasswordAndCode() {
        this.polarium.simulator().open("careful", "pw", AccountKind.TWO_FACTOR);
        LoginResult first = connect("careful", "pw");
        assertThat(first).isInstanceOfSatisfying(LoginResult.CodeRequired.class, (codeRequired) -> {
            assertThat(codeRequired.method()).isEqualTo("sms");
            assertThat(codeRequired.toString()).doesNotContain("careful", "pw");
            assertThat(PolariumSimulatorExtension.result(this.polarium.broker().submitCode(codeRequired, "000000")))
                .isInstanceOfSatisfying(LoginResult.Refused.class,
                        (rejection) -> assertThat(rejection.why()).isEqualTo(LoginResult.Reason.WRONG_CODE));
            assertThat(PolariumSimulatorExtension.result(this.polarium.broker().submitCode(codeRequired, "246810")))
                .isInstanceOf(LoginResult.Open.class);
        });
    }

    @Test
    void saysWhyNobodyIsLetIn() {
        this.polarium.simulator().open("busy", "pw", AccountKind.RATE_LIMITED);
        this.polarium.simulator().open("away", "pw", AccountKind.FORBIDDEN);
        assertThat(why(connect("trader", "wrong"))).isEqualTo(LoginResult.Reason.WRONG_CREDENTIALS);
        assertThat(connect("busy", "pw")).isInstanceOfSatisfying(LoginResult.Refused.class, (rejection) -> {
            assertThat(rejection.why()).isEqualTo(LoginResult.Reason.TOO_MANY);
            assertThat(rejection.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        });
        assertThat(why(connect("away", "pw"))).isEqualTo(LoginResult.Reason.FORBIDDEN);
        LoginResult foreign = PolariumSimulatorExtension
            .result(this.polarium.broker().connect(new Credentials.Session(new Sensitive("nobody"))));
        assertThat(why(foreign)).isEqualTo(LoginResult.Reason.SIGNED_OUT);
        this.polarium.simulator().stop();
        assertThat(why(connect("trader", "pw"))).isEqualTo(LoginResult.Reason.UNREACHABLE);
    }

    @Test
    void takesAnEmptyRequestIdForNone() {
        this.polarium.simulator().arm(Fault.EMPTY_REQUEST_ID, 10, 0);
        BrokerSession session = this.polarium.openSession();
        List<BrokerOrderState> states = PolariumSimulatorExtension.collectUpdates(session);
        PolariumSimulatorExtension.placeOrder(session, PolariumSimulatorExtension.createOrder());
        PolariumSimulatorExtension.await("the end of the option", () -> states.size() == 2);
        LoginResult foreign = PolariumSimulatorExtension
            .result(this.polarium.broker().connect(new Credentials.Session(new Sensitive("nobody"))));
        assertThat(why(foreign)).isEqualTo(LoginResult.Reason.SIGNED_OUT);
    }

    @Test
    void renewsAnAccessTokenThatIsOver() {
        String challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        String code = this.polarium.simulator()
            .control("/control/authorize?email=trader&code_challenge=" + challenge)
            .path("code")
            .asString("");
        Credentials.OAuth2 tokens = OAuthTokens.of(this.polarium.simulator().port(), code,
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        BrokerSession session = PolariumSimulatorExtension
            .requireOpen(PolariumSimulatorExtension.result(this.polarium.broker().connect(tokens)));
        List<SessionState> states = PolariumSimulatorExtension.collectStates(session);
        this.polarium.simulator().control("/control/logout");
        this.polarium.simulator().control("/control/drop");
        PolariumSimulatorExtension.await("the session to come back with another token",
                () -> states.size() >= 3 && states.getLast() == SessionState.OPEN);
        assertThat(session.credentials()).isNotEqualTo(tokens);
        PolariumSimulatorExtension
            .requireOpen(PolariumSimulatorExtension.result(this.polarium.broker().connect(session.credentials())));
    }

    @Test
    void knowsWhatIsTraded() {
        BrokerSession session = this.polarium.openSession();
        this.polarium.simulator().control("/control/assets/77?suspended=true");
        List<BrokerInstrument.Option> instruments = PolariumSimulatorExtension.result(session.instruments())
            .stream()
            .map(BrokerInstrument.Option.class::cast)
            .toList();
        assertThat(instruments)
            .filteredOn((instrument) -> instrument.product().equals("turbo") && instrument.id() == 76)
            .singleElement()
            .satisfies((instrument) -> {
                assertThat(instrument.symbol()).isEqualTo("EURUSD-OTC");
                assertThat(instrument.payout()).isEqualTo(87);
                assertThat(instrument.open()).isTrue();
            });
        assertThat(instruments).filteredOn((instrument) -> instrument.id() == 77).noneMatch(BrokerInstrument::open);
    }

    @Test
    void joinsPagesOfCandlesAndFillsHoles() {
        this.polarium.simulator().control("/control/assets/76?hidden_from=1700030040&hidden_to=1700030220");
        BrokerSession session = this.polarium.openSession();
        List<BrokerCandle> candles = PolariumSimulatorExtension
            .result(session.candles(PolariumSimulatorExtension.SYMBOL, 60, Instant.ofEpochSecond(1_700_000_040),
                    Instant.ofEpochSecond(1_700_000_040 + 2500 * 60)));
        assertThat(candles).hasSize(2500);
        for (int index = 0; index < candles.size(); index++) {
            assertThat(candles.get(index).from()).isEqualTo(1_700_000_040 + index * 60L);
        }
    }

    @Test
    void knowsNoCandlesOfWhatIsNotTraded() {
        BrokerSession session = this.polarium.openSession();
        assertThatThrownBy(() -> session.candles("COFFEE", 60, Instant.EPOCH, Instant.EPOCH)
            .block(PolariumSimulatorExtension.REQUEST_TIMEOUT)).isInstanceOfSatisfying(BrokerException.class,
                    (failure) -> assertThat(failure.kind()).isEqualTo(BrokerException.Kind.NO_SUCH_SYMBOL));
    }

    @Test
    void streamsEachClosedCandleOnce() {
        BrokerSession session = this.polarium.openSession();
        List<CandleUpdate> closed = PolariumSimulatorExtension
            .result(session.streamCandles(PolariumSimulatorExtension.SYMBOL, 5)
                .filter(CandleUpdate::closed)
                .take(3)
                .collectList());
        assertThat(closed).extracting((update) -> update.candle().id() - closed.getFirst().candle().id())
            .containsExactly(0L, 1L, 2L);
        assertThat(closed.getFirst().candle().to()).isEqualTo(closed.get(1).candle().from());
    }

    @Test
    void buysAnOptionAndTellsItsEnd() {
        BrokerSession session = this.polarium.openSession();
        List<BrokerOrderState> states = PolariumSimulatorExtension.collectUpdates(session);
        OptionOrder order = PolariumSimulatorExtension.createOrder();
        PlaceOrderResult.Placed placed = PolariumSimulatorExtension.placeOrder(session, order);
        assertThat(PolariumSimulatorExtension.result(session.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Running(placed.brokerId()));
        PolariumSimulatorExtension.await("the end of the option", () -> states.size() == 2);
        assertThat(states.getLast()).isInstanceOfSatisfying(BrokerOrderState.Settled.class, (settled) -> {
            assertThat(settled.brokerId()).isEqualTo(placed.brokerId());
            assertThat(settled.profit()).isEqualByComparingTo(switch (settled.result()) {
                case WIN -> "8.70";
                case LOSS -> "-10";
                default -> "0";
            });
            BigDecimal money = PolariumSimulatorExtension.result(session.balances()).get(1).amount();
            assertThat(money).isEqualByComparingTo(new BigDecimal("10000").add(settled.profit()));
        });
        assertThat(PolariumSimulatorExtension.result(session.orderState(order, null))).isEqualTo(states.getLast());
    }

    @Test
    void sendsAnOrderOnceHoweverOftenItIsAsked() {
        BrokerSession session = this.polarium.openSession();
        OptionOrder order = PolariumSimulatorExtension.createOrder();
        PlaceOrderResult.Placed first = PolariumSimulatorExtension.placeOrder(session, order);
        assertThat(PolariumSimulatorExtension.placeOrder(session, order)).isEqualTo(first);
        assertThat(this.polarium.countSold()).isEqualTo(1);
    }

    @Test
    void findsWhatAnotherSessionHasSentWhateverTheClock() {
        this.polarium.simulator().control("/control/clock?millis=-90000");
        BrokerSession session = this.polarium.openSession();
        OptionOrder order = PolariumSimulatorExtension.createOrder();
        PlaceOrderResult.Placed placed = PolariumSimulatorExtension.placeOrder(session, order);
        session.close().block(PolariumSimulatorExtension.REQUEST_TIMEOUT);
        BrokerSession next = PolariumSimulatorExtension
            .requireOpen(PolariumSimulatorExtension.result(this.polarium.broker().connect(session.credentials())));
        assertThat(PolariumSimulatorExtension.result(next.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Running(placed.brokerId()));
        assertThat(PolariumSimulatorExtension.result(next.orderState(PolariumSimulatorExtension.createOrder(), null)))
            .isEqualTo(new BrokerOrderState.Unknown());
        assertThat(PolariumSimulatorExtension.result(next.orderState(order, placed.brokerId())))
            .isEqualTo(new BrokerOrderState.Running(placed.brokerId()));
        assertThat(PolariumSimulatorExtension.result(next.orderState(order, 7L)))
            .isEqualTo(new BrokerOrderState.NotFound(7));
        assertThat(this.polarium.countSold()).isEqualTo(1);
    }

    @Test
    void sendsNothingOnceAnotherProcessSpeaksForTheAccount() {
        BrokerSession session = this.polarium.openSession();
        assertThat(
                PolariumSimulatorExtension.result(session.place(PolariumSimulatorExtension.createOrder(), () -> false)))
            .isInstanceOfSatisfying(PlaceOrderResult.NotSent.class,
                    (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.NOT_OWNER));
        assertThat(this.polarium.simulator().control("/control/state").path("options").asInt(-1)).isZero();
    }

    @Test
    void sendsNothingWithRealMoneyOrTooLate() {
        BrokerSession session = this.polarium.openSession();
        OptionOrder real = PolariumSimulatorExtension.createOrder(TradingMode.REAL, Duration.ofSeconds(5), 87);
        assertThat(PolariumSimulatorExtension.result(session.place(real, () -> true))).isInstanceOfSatisfying(
                PlaceOrderResult.NotSent.class,
                (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.REAL_MONEY_OFF));
        OptionOrder order = PolariumSimulatorExtension.createOrder();
        OptionOrder late = new OptionOrder(order.id(), order.account(), order.symbol(), order.direction(),
                order.stake(), order.length(), order.payout(), order.decidedAt().minusSeconds(60),
                order.decidedAt().minusSeconds(30));
        assertThat(PolariumSimulatorExtension.result(session.place(late, () -> true))).isInstanceOfSatisfying(
                PlaceOrderResult.NotSent.class,
                (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.TOO_LATE));
        assertThat(this.polarium.countSold()).isZero();
    }

    @Test
    void asksForWhatTheBrokerPaysWhereThatSuffices() {
        BrokerSession session = this.polarium.openSession();
        assertThat(PolariumSimulatorExtension.placeOrder(session, paying(70)).payout())
            .isEqualTo(PolariumSimulatorExtension.PAYOUT);
        assertThat(PolariumSimulatorExtension.result(session.place(paying(90), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class, (rejection) -> {
                assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW);
                assertThat(rejection.payout()).isEqualTo(PolariumSimulatorExtension.PAYOUT);
            });
        assertThat(this.polarium.countSold()).isEqualTo(1);
        this.polarium.simulator().control("/control/assets/76?commission=5");
        PolariumSimulatorExtension.await("the broker to be asked again",
                () -> PolariumSimulatorExtension
                    .result(session.place(paying(90), () -> true)) instanceof PlaceOrderResult.Placed placed
                        && Objects.equals(placed.payout(), 95));
        assertThat(this.polarium.countSold()).isEqualTo(2);
    }

    private static OptionOrder paying(int least) {
        return PolariumSimulatorExtension.createOrder(TradingMode.DEMO, Duration.ofSeconds(5), least);
    }

    @Test
    void sendsNothingThatTheBrokerDoesNotOffer() {
        BrokerSession session = this.polarium.openSession();
        OptionOrder length = PolariumSimulatorExtension.createOrder(TradingMode.DEMO, Duration.ofSeconds(45),
                PolariumSimulatorExtension.PAYOUT);
        assertThat(session.findViolation(length)).as("no expiration is known before the first request").isEmpty();
        assertThat(PolariumSimulatorExtension.result(session.place(length, () -> true))).isInstanceOfSatisfying(
                PlaceOrderResult.NotSent.class,
                (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.NOT_TRADED));
        assertThat(session.findViolation(length)).isPresent();
        assertThat(session.findViolation(PolariumSimulatorExtension.createOrder())).isEmpty();
        assertThat(this.polarium.countSold()).isZero();
    }

    @Test
    void opensOnlyOnceTheBrokersTimeIsKnown() {
        this.polarium.simulator().control("/control/clock?millis=-600000");
        this.polarium.simulator().arm(Fault.NO_TIME_SYNC, 1, 2);
        BrokerSession session = this.polarium.openSession();
        OptionOrder order = PolariumSimulatorExtension.createOrder(TradingMode.DEMO, Duration.ofMinutes(1),
                PolariumSimulatorExtension.PAYOUT);
        long now = this.polarium.simulator().control("/control/state").path("millis").asLong(0);
        assertThat(PolariumSimulatorExtension.placeOrder(session, order).expiry().toEpochMilli() - now)
            .isBetween(25_000L, 91_000L);
    }

    @Test
    void endsForGoodWhenItIsClosed() {
        BrokerSession session = this.polarium.openSession();
        List<SessionState> states = PolariumSimulatorExtension.collectStates(session);
        session.close().block(PolariumSimulatorExtension.REQUEST_TIMEOUT);
        assertThat(states).endsWith(SessionState.CLOSED);
        assertThat(
                PolariumSimulatorExtension.result(session.place(PolariumSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOf(PlaceOrderResult.NotSent.class);
        PolariumSimulatorExtension.await("the broker to see nobody",
                () -> this.polarium.simulator().control("/control/state").path("connections").asInt(-1) == 0);
    }

    private LoginResult connect(String identifier, String password) {
        return PolariumSimulatorExtension
            .result(this.polarium.broker().connect(PolariumSimulatorExtension.password(identifier, password)));
    }

    private static LoginResult.Reason why(LoginResult login) {
        return (login instanceof LoginResult.Refused refused) ? refused.why() : fail(login);
    }

    private static LoginResult.Reason fail(LoginResult login) {
        throw new AssertionError("expected a refusal, not " + login);
    }

}
