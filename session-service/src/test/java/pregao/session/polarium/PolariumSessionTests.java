package pregao.session.polarium;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import pregao.session.broker.Balance;
import pregao.session.broker.BrokerAccount;
import pregao.session.broker.BrokerCandle;
import pregao.session.broker.BrokerFailure;
import pregao.session.broker.BrokerInstrument;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.CandleUpdate;
import pregao.session.broker.Credentials;
import pregao.session.broker.Login;
import pregao.session.broker.OptionOrder;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.Secret;
import pregao.session.broker.SessionState;
import pregao.simulator.polarium.AccountKind;
import pregao.simulator.polarium.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link PolariumBroker} and its sessions where the broker behaves.
 */
class PolariumSessionTests {

    private final Simulated polarium = new Simulated();

    @AfterEach
    void close() {
        this.polarium.close();
    }

    @Test
    void letsInByPassword() {
        BrokerSession session = this.polarium.session();
        List<Balance> balances = Simulated.result(session.balances());
        assertThat(balances).filteredOn((balance) -> balance.account() == BrokerAccount.DEMO)
            .singleElement()
            .satisfies((balance) -> assertThat(balance.amount()).isEqualByComparingTo("10000"));
        assertThat(Simulated.result(session.states().next())).isEqualTo(SessionState.OPEN);
    }

    @Test
    void asksForBalancesAsOlderClientsDoWhereTheBrokerKnowsNoOtherWay() {
        BrokerSession session = this.polarium.session();
        this.polarium.simulator().arm(Fault.BALANCES_UNKNOWN, 2, 0);
        assertThat(Simulated.result(session.balances())).extracting(Balance::account)
            .containsExactlyInAnyOrder(BrokerAccount.REAL, BrokerAccount.DEMO);
        Simulated.placed(session, Simulated.order());
        assertThat(this.polarium.simulator().isCalm()).as("the newer way was tried first").isTrue();
    }

    @Test
    void letsInByPasswordAndCode() {
        this.polarium.simulator().open("careful", "pw", AccountKind.TWO_FACTOR);
        Login first = connect("careful", "pw");
        assertThat(first).isInstanceOfSatisfying(Login.CodeWanted.class, (wanted) -> {
            assertThat(wanted.method()).isEqualTo("sms");
            assertThat(wanted.toString()).doesNotContain("careful", "pw");
            assertThat(Simulated.result(this.polarium.broker().answer(wanted, "000000"))).isInstanceOfSatisfying(
                    Login.Refused.class, (no) -> assertThat(no.why()).isEqualTo(Login.Why.WRONG_CODE));
            assertThat(Simulated.result(this.polarium.broker().answer(wanted, "246810")))
                .isInstanceOf(Login.Open.class);
        });
    }

    @Test
    void saysWhyNobodyIsLetIn() {
        this.polarium.simulator().open("busy", "pw", AccountKind.RATE_LIMITED);
        this.polarium.simulator().open("away", "pw", AccountKind.FORBIDDEN);
        assertThat(why(connect("trader", "wrong"))).isEqualTo(Login.Why.WRONG_CREDENTIALS);
        assertThat(connect("busy", "pw")).isInstanceOfSatisfying(Login.Refused.class, (no) -> {
            assertThat(no.why()).isEqualTo(Login.Why.TOO_MANY);
            assertThat(no.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        });
        assertThat(why(connect("away", "pw"))).isEqualTo(Login.Why.FORBIDDEN);
        Login foreign = Simulated.result(this.polarium.broker().connect(new Credentials.Session(new Secret("nobody"))));
        assertThat(why(foreign)).isEqualTo(Login.Why.SIGNED_OUT);
        this.polarium.simulator().stop();
        assertThat(why(connect("trader", "pw"))).isEqualTo(Login.Why.UNREACHABLE);
    }

    @Test
    void takesAnEmptyRequestIdForNone() {
        this.polarium.simulator().arm(Fault.EMPTY_REQUEST_ID, 10, 0);
        BrokerSession session = this.polarium.session();
        List<OrderState> states = Simulated.watched(session);
        Simulated.placed(session, Simulated.order());
        Simulated.await("the end of the option", () -> states.size() == 2);
        Login foreign = Simulated.result(this.polarium.broker().connect(new Credentials.Session(new Secret("nobody"))));
        assertThat(why(foreign)).isEqualTo(Login.Why.SIGNED_OUT);
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
        BrokerSession session = Simulated.opened(Simulated.result(this.polarium.broker().connect(tokens)));
        List<SessionState> states = Simulated.states(session);
        this.polarium.simulator().control("/control/logout");
        this.polarium.simulator().control("/control/drop");
        Simulated.await("the session to come back with another token",
                () -> states.size() >= 3 && states.getLast() == SessionState.OPEN);
        assertThat(session.credentials()).isNotEqualTo(tokens);
        Simulated.opened(Simulated.result(this.polarium.broker().connect(session.credentials())));
    }

    @Test
    void knowsWhatIsTraded() {
        BrokerSession session = this.polarium.session();
        this.polarium.simulator().control("/control/assets/77?suspended=true");
        List<BrokerInstrument.Option> instruments = Simulated.result(session.instruments())
            .stream()
            .map(BrokerInstrument.Option.class::cast)
            .toList();
        assertThat(instruments).filteredOn((one) -> one.product().equals("turbo") && one.id() == 76)
            .singleElement()
            .satisfies((one) -> {
                assertThat(one.symbol()).isEqualTo("EURUSD-OTC");
                assertThat(one.payout()).isEqualTo(87);
                assertThat(one.open()).isTrue();
            });
        assertThat(instruments).filteredOn((one) -> one.id() == 77).noneMatch(BrokerInstrument::open);
    }

    @Test
    void joinsPagesOfCandlesAndFillsHoles() {
        this.polarium.simulator().control("/control/assets/76?hidden_from=1700030040&hidden_to=1700030220");
        BrokerSession session = this.polarium.session();
        List<BrokerCandle> candles = Simulated.result(session.candles(Simulated.SYMBOL, 60,
                Instant.ofEpochSecond(1_700_000_040), Instant.ofEpochSecond(1_700_000_040 + 2500 * 60)));
        assertThat(candles).hasSize(2500);
        for (int at = 0; at < candles.size(); at++) {
            assertThat(candles.get(at).from()).isEqualTo(1_700_000_040 + at * 60L);
        }
    }

    @Test
    void knowsNoCandlesOfWhatIsNotTraded() {
        BrokerSession session = this.polarium.session();
        assertThatThrownBy(() -> session.candles("COFFEE", 60, Instant.EPOCH, Instant.EPOCH).block(Simulated.PATIENCE))
            .isInstanceOfSatisfying(BrokerFailure.class,
                    (failure) -> assertThat(failure.kind()).isEqualTo(BrokerFailure.Kind.NO_SUCH_SYMBOL));
    }

    @Test
    void streamsEachClosedCandleOnce() {
        BrokerSession session = this.polarium.session();
        List<CandleUpdate> closed = Simulated
            .result(session.stream(Simulated.SYMBOL, 5).filter(CandleUpdate::closed).take(3).collectList());
        assertThat(closed).extracting((update) -> update.candle().id() - closed.getFirst().candle().id())
            .containsExactly(0L, 1L, 2L);
        assertThat(closed.getFirst().candle().to()).isEqualTo(closed.get(1).candle().from());
    }

    @Test
    void buysAnOptionAndTellsItsEnd() {
        BrokerSession session = this.polarium.session();
        List<OrderState> states = Simulated.watched(session);
        OptionOrder order = Simulated.order();
        Placement.Placed placed = Simulated.placed(session, order);
        assertThat(Simulated.result(session.orderState(order, null)))
            .isEqualTo(new OrderState.Running(placed.brokerId()));
        Simulated.await("the end of the option", () -> states.size() == 2);
        assertThat(states.getLast()).isInstanceOfSatisfying(OrderState.Settled.class, (settled) -> {
            assertThat(settled.brokerId()).isEqualTo(placed.brokerId());
            assertThat(settled.profit()).isEqualByComparingTo(switch (settled.result()) {
                case WIN -> "8.70";
                case LOSS -> "-10";
                default -> "0";
            });
            BigDecimal money = Simulated.result(session.balances()).get(1).amount();
            assertThat(money).isEqualByComparingTo(new BigDecimal("10000").add(settled.profit()));
        });
        assertThat(Simulated.result(session.orderState(order, null))).isEqualTo(states.getLast());
    }

    @Test
    void sendsAnOrderOnceHoweverOftenItIsAsked() {
        BrokerSession session = this.polarium.session();
        OptionOrder order = Simulated.order();
        Placement.Placed first = Simulated.placed(session, order);
        assertThat(Simulated.placed(session, order)).isEqualTo(first);
        assertThat(this.polarium.sold()).isEqualTo(1);
    }

    @Test
    void findsWhatAnotherSessionHasSentWhateverTheClock() {
        this.polarium.simulator().control("/control/clock?millis=-90000");
        BrokerSession session = this.polarium.session();
        OptionOrder order = Simulated.order();
        Placement.Placed placed = Simulated.placed(session, order);
        session.close().block(Simulated.PATIENCE);
        BrokerSession next = Simulated.opened(Simulated.result(this.polarium.broker().connect(session.credentials())));
        assertThat(Simulated.result(next.orderState(order, null))).isEqualTo(new OrderState.Running(placed.brokerId()));
        assertThat(Simulated.result(next.orderState(Simulated.order(), null))).isEqualTo(new OrderState.Unknown());
        assertThat(Simulated.result(next.orderState(order, placed.brokerId())))
            .isEqualTo(new OrderState.Running(placed.brokerId()));
        assertThat(Simulated.result(next.orderState(order, 7L))).isEqualTo(new OrderState.Vanished(7));
        assertThat(this.polarium.sold()).isEqualTo(1);
    }

    @Test
    void sendsNothingOnceAnotherProcessSpeaksForTheAccount() {
        BrokerSession session = this.polarium.session();
        assertThat(Simulated.result(session.place(Simulated.order(), () -> false))).isInstanceOfSatisfying(
                Placement.NotSent.class, (no) -> assertThat(no.why()).isEqualTo(Placement.Why.NOT_OWNER));
        assertThat(this.polarium.simulator().control("/control/state").path("options").asInt(-1)).isZero();
    }

    @Test
    void sendsNothingWithRealMoneyOrTooLate() {
        BrokerSession session = this.polarium.session();
        OptionOrder real = Simulated.order(BrokerAccount.REAL, Duration.ofSeconds(5), 87);
        assertThat(Simulated.result(session.place(real, () -> true))).isInstanceOfSatisfying(Placement.NotSent.class,
                (no) -> assertThat(no.why()).isEqualTo(Placement.Why.REAL_MONEY_OFF));
        OptionOrder order = Simulated.order();
        OptionOrder late = new OptionOrder(order.id(), order.account(), order.symbol(), order.direction(),
                order.stake(), order.length(), order.payout(), order.decidedAt().minusSeconds(60),
                order.decidedAt().minusSeconds(30));
        assertThat(Simulated.result(session.place(late, () -> true))).isInstanceOfSatisfying(Placement.NotSent.class,
                (no) -> assertThat(no.why()).isEqualTo(Placement.Why.TOO_LATE));
        assertThat(this.polarium.sold()).isZero();
    }

    @Test
    void asksForWhatTheBrokerPaysWhereThatSuffices() {
        BrokerSession session = this.polarium.session();
        assertThat(Simulated.placed(session, paying(70)).payout()).isEqualTo(Simulated.PAYOUT);
        assertThat(Simulated.result(session.place(paying(90), () -> true)))
            .isInstanceOfSatisfying(Placement.Refused.class, (no) -> {
                assertThat(no.why()).isEqualTo(Placement.Why.PAYOUT_TOO_LOW);
                assertThat(no.payout()).isEqualTo(Simulated.PAYOUT);
            });
        assertThat(this.polarium.sold()).isEqualTo(1);
        this.polarium.simulator().control("/control/assets/76?commission=5");
        Simulated.await("the broker to be asked again",
                () -> Simulated.result(session.place(paying(90), () -> true)) instanceof Placement.Placed placed
                        && Objects.equals(placed.payout(), 95));
        assertThat(this.polarium.sold()).isEqualTo(2);
    }

    private static OptionOrder paying(int least) {
        return Simulated.order(BrokerAccount.DEMO, Duration.ofSeconds(5), least);
    }

    @Test
    void sendsNothingThatTheBrokerDoesNotOffer() {
        BrokerSession session = this.polarium.session();
        OptionOrder length = Simulated.order(BrokerAccount.DEMO, Duration.ofSeconds(45), Simulated.PAYOUT);
        assertThat(session.objection(length)).as("nothing is known before somebody asks").isEmpty();
        assertThat(Simulated.result(session.place(length, () -> true))).isInstanceOfSatisfying(Placement.NotSent.class,
                (no) -> assertThat(no.why()).isEqualTo(Placement.Why.NOT_TRADED));
        assertThat(session.objection(length)).isPresent();
        assertThat(session.objection(Simulated.order())).isEmpty();
        assertThat(this.polarium.sold()).isZero();
    }

    @Test
    void opensOnlyOnceTheBrokersTimeIsKnown() {
        this.polarium.simulator().control("/control/clock?millis=-600000");
        this.polarium.simulator().arm(Fault.NO_TIME_SYNC, 1, 2);
        BrokerSession session = this.polarium.session();
        OptionOrder order = Simulated.order(BrokerAccount.DEMO, Duration.ofMinutes(1), Simulated.PAYOUT);
        long now = this.polarium.simulator().control("/control/state").path("millis").asLong(0);
        assertThat(Simulated.placed(session, order).expiry().toEpochMilli() - now).isBetween(25_000L, 91_000L);
    }

    @Test
    void endsForGoodWhenItIsClosed() {
        BrokerSession session = this.polarium.session();
        List<SessionState> states = Simulated.states(session);
        session.close().block(Simulated.PATIENCE);
        assertThat(states).endsWith(SessionState.CLOSED);
        assertThat(Simulated.result(session.place(Simulated.order(), () -> true)))
            .isInstanceOf(Placement.NotSent.class);
        Simulated.await("the broker to see nobody",
                () -> this.polarium.simulator().control("/control/state").path("connections").asInt(-1) == 0);
    }

    private Login connect(String identifier, String password) {
        return Simulated.result(this.polarium.broker().connect(Simulated.password(identifier, password)));
    }

    private static Login.Why why(Login login) {
        return (login instanceof Login.Refused refused) ? refused.why() : fail(login);
    }

    private static Login.Why fail(Login login) {
        throw new AssertionError("expected a refusal, not " + login);
    }

}
