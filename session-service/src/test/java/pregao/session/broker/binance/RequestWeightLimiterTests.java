package pregao.session.broker.binance;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.TokenBucket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestWeightLimiter}, {@link OrderRateLimiter}, {@link Turns},
 * {@link ReconnectBackoff} and {@link ServerClock}.
 */
class RequestWeightLimiterTests {

    private static final long MINUTE = 60_000;

    private final MovableClock ours = new MovableClock(1000 * MINUTE + 10_000);

    private final ServerClock clock = new ServerClock(this.ours);

    private final RequestWeightLimiter budget = new RequestWeightLimiter(this.clock);

    @Test
    void spendsAMinutesWeightAndWaitsForTheNextMinute() {
        this.budget.most(100);
        assertThat(this.budget.take(60, false)).isZero();
        assertThat(this.budget.take(40, false)).as("a tenth is kept").isEqualTo(50_000);
        assertThat(this.budget.take(30, false)).isZero();
        this.ours.pass(50_000);
        assertThat(this.budget.take(80, false)).isZero();
    }

    @Test
    void keepsATenthForOrders() {
        this.budget.most(100);
        assertThat(this.budget.take(90, false)).isZero();
        assertThat(this.budget.take(1, false)).isPositive();
        assertThat(this.budget.take(10, true)).isZero();
        assertThat(this.budget.take(1, true)).isPositive();
    }

    @Test
    void believesTheBrokerWhereOthersShareTheAddress() {
        this.budget.most(100);
        this.budget.used(89);
        assertThat(this.budget.take(1, false)).isZero();
        assertThat(this.budget.take(1, false)).isPositive();
        this.budget.used(3);
        assertThat(this.budget.take(1, false)).as("an answer that was overtaken frees nothing").isPositive();
    }

    @Test
    void goesByTheMinutesOfTheBroker() {
        this.clock.set(this.ours.millis() + 20_000, this.ours.millis());
        this.budget.most(10);
        assertThat(this.budget.take(9, false)).isZero();
        assertThat(this.budget.take(9, false)).isEqualTo(30_000);
    }

    @Test
    void asksForNothingUntilTheBrokerWantsRequestsAgain() {
        this.budget.stop(3000);
        this.budget.stop(1000);
        assertThat(this.budget.take(1, true)).isEqualTo(3000);
        assertThat(this.budget.stopped()).isEqualTo(3000);
        this.ours.pass(3000);
        assertThat(this.budget.take(1, true)).isZero();
    }

    @Test
    void countsTheOrdersOfTenSecondsAndOfADay() {
        OrderRateLimiter pace = new OrderRateLimiter(this.clock);
        for (int order = 0; order < 50; order++) {
            assertThat(pace.take()).isZero();
        }
        assertThat(pace.take()).isEqualTo(10_000);
        pace.used(0, -1);
        assertThat(pace.take()).as("those that were filled do not count").isZero();
        pace.used(1, 160_000);
        assertThat(pace.take()).isGreaterThan(10_000);
        this.ours.pass(86_400_000);
        pace.stop(5000);
        assertThat(pace.take()).isEqualTo(5000);
        this.ours.pass(5000);
        assertThat(pace.take()).isZero();
    }

    @Test
    void opensNoMoreConnectionsThanTheBrokerAllows() {
        TokenBucket turns = WebSocketConnector.turns();
        long now = 0;
        int opened = 0;
        while (now < 300_000_000_000L) {
            now += turns.take(now);
            opened++;
        }
        assertThat(opened).isBetween(250, 300);
    }

    @Test
    void waitsEverLongerAndNeverAllAtOnce() {
        ReconnectBackoff backoff = ReconnectBackoff.DEFAULT;
        assertThat(backoff.millis(0, 0)).isEqualTo(500);
        assertThat(backoff.millis(3, 0.5)).isEqualTo(4500);
        assertThat(backoff.millis(90, 0)).isEqualTo(30_000);
    }

    @Test
    void takesTheMiddleBetweenQuestionAndAnswer() {
        long asked = this.ours.millis();
        this.ours.pass(200);
        assertThat(this.clock.isKnown()).isFalse();
        this.clock.set(asked + 5100, asked);
        assertThat(this.clock.millis() - this.ours.millis()).isEqualTo(5000);
        assertThat(this.clock.isKnown()).isTrue();
        this.ours.pass(1_800_000);
        assertThat(this.clock.isKnown()).as("clocks drift").isFalse();
    }

}
