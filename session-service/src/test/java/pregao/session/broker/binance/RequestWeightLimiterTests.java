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
        this.budget.setMaxWeight(100);
        assertThat(this.budget.tryAcquire(60, false)).isZero();
        assertThat(this.budget.tryAcquire(40, false)).as("a tenth is kept").isEqualTo(50_000);
        assertThat(this.budget.tryAcquire(30, false)).isZero();
        this.ours.pass(50_000);
        assertThat(this.budget.tryAcquire(80, false)).isZero();
    }

    @Test
    void keepsATenthForOrders() {
        this.budget.setMaxWeight(100);
        assertThat(this.budget.tryAcquire(90, false)).isZero();
        assertThat(this.budget.tryAcquire(1, false)).isPositive();
        assertThat(this.budget.tryAcquire(10, true)).isZero();
        assertThat(this.budget.tryAcquire(1, true)).isPositive();
    }

    @Test
    void believesTheBrokerWhereOthersShareTheAddress() {
        this.budget.setMaxWeight(100);
        this.budget.updateUsedWeight(89);
        assertThat(this.budget.tryAcquire(1, false)).isZero();
        assertThat(this.budget.tryAcquire(1, false)).isPositive();
        this.budget.updateUsedWeight(3);
        assertThat(this.budget.tryAcquire(1, false)).as("an answer that was overtaken frees nothing").isPositive();
    }

    @Test
    void goesByTheMinutesOfTheBroker() {
        this.clock.synchronize(this.ours.millis() + 20_000, this.ours.millis());
        this.budget.setMaxWeight(10);
        assertThat(this.budget.tryAcquire(9, false)).isZero();
        assertThat(this.budget.tryAcquire(9, false)).isEqualTo(30_000);
    }

    @Test
    void asksForNothingUntilTheBrokerWantsRequestsAgain() {
        this.budget.block(3000);
        this.budget.block(1000);
        assertThat(this.budget.tryAcquire(1, true)).isEqualTo(3000);
        assertThat(this.budget.blockedMillis()).isEqualTo(3000);
        this.ours.pass(3000);
        assertThat(this.budget.tryAcquire(1, true)).isZero();
    }

    @Test
    void countsTheOrdersOfTenSecondsAndOfADay() {
        OrderRateLimiter pace = new OrderRateLimiter(this.clock);
        for (int order = 0; order < 50; order++) {
            assertThat(pace.tryAcquire()).isZero();
        }
        assertThat(pace.tryAcquire()).isEqualTo(10_000);
        pace.updateCounts(0, -1);
        assertThat(pace.tryAcquire()).as("those that were filled do not count").isZero();
        pace.updateCounts(1, 160_000);
        assertThat(pace.tryAcquire()).isGreaterThan(10_000);
        this.ours.pass(86_400_000);
        pace.block(5000);
        assertThat(pace.tryAcquire()).isEqualTo(5000);
        this.ours.pass(5000);
        assertThat(pace.tryAcquire()).isZero();
    }

    @Test
    void opensNoMoreConnectionsThanTheBrokerAllows() {
        TokenBucket turns = WebSocketConnector.createConnectBucket();
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
        assertThat(backoff.computeDelayMillis(0, 0)).isEqualTo(500);
        assertThat(backoff.computeDelayMillis(3, 0.5)).isEqualTo(4500);
        assertThat(backoff.computeDelayMillis(90, 0)).isEqualTo(30_000);
    }

    @Test
    void takesTheMiddleBetweenQuestionAndAnswer() {
        long asked = this.ours.millis();
        this.ours.pass(200);
        assertThat(this.clock.isKnown()).isFalse();
        this.clock.synchronize(asked + 5100, asked);
        assertThat(this.clock.millis() - this.ours.millis()).isEqualTo(5000);
        assertThat(this.clock.isKnown()).isTrue();
        this.ours.pass(1_800_000);
        assertThat(this.clock.isKnown()).as("clocks drift").isFalse();
    }

}
