package pregao.session.broker.binance;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.TokenBucket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestWeightLimiter}, {@link OrderRateLimiter},
 * {@link WebSocketConnector}, {@link ReconnectBackoff} and {@link ServerClock}.
 */
class RequestWeightLimiterTests {

    private static final long MINUTE = 60_000;

    private final MovableClock localClock = new MovableClock(1000 * MINUTE + 10_000);

    private final ServerClock serverClock = new ServerClock(this.localClock);

    private final RequestWeightLimiter weightLimiter = new RequestWeightLimiter(this.serverClock);

    @Test
    void spendsAMinutesWeightAndWaitsForTheNextMinute() {
        this.weightLimiter.setMaxWeight(100);
        assertThat(this.weightLimiter.tryAcquire(60, false)).isZero();
        assertThat(this.weightLimiter.tryAcquire(40, false)).as("a tenth is kept").isEqualTo(50_000);
        assertThat(this.weightLimiter.tryAcquire(30, false)).isZero();
        this.localClock.pass(50_000);
        assertThat(this.weightLimiter.tryAcquire(80, false)).isZero();
    }

    @Test
    void keepsATenthForOrders() {
        this.weightLimiter.setMaxWeight(100);
        assertThat(this.weightLimiter.tryAcquire(90, false)).isZero();
        assertThat(this.weightLimiter.tryAcquire(1, false)).isPositive();
        assertThat(this.weightLimiter.tryAcquire(10, true)).isZero();
        assertThat(this.weightLimiter.tryAcquire(1, true)).isPositive();
    }

    @Test
    void believesTheBrokerWhereOthersShareTheAddress() {
        this.weightLimiter.setMaxWeight(100);
        this.weightLimiter.updateUsedWeight(89);
        assertThat(this.weightLimiter.tryAcquire(1, false)).isZero();
        assertThat(this.weightLimiter.tryAcquire(1, false)).isPositive();
        this.weightLimiter.updateUsedWeight(3);
        assertThat(this.weightLimiter.tryAcquire(1, false)).as("an answer that was overtaken frees nothing")
            .isPositive();
    }

    @Test
    void goesByTheMinutesOfTheBroker() {
        this.serverClock.synchronize(this.localClock.millis() + 20_000, this.localClock.millis());
        this.weightLimiter.setMaxWeight(10);
        assertThat(this.weightLimiter.tryAcquire(9, false)).isZero();
        assertThat(this.weightLimiter.tryAcquire(9, false)).isEqualTo(30_000);
    }

    @Test
    void asksForNothingUntilTheBrokerWantsRequestsAgain() {
        this.weightLimiter.block(3000);
        this.weightLimiter.block(1000);
        assertThat(this.weightLimiter.tryAcquire(1, true)).isEqualTo(3000);
        assertThat(this.weightLimiter.blockedMillis()).isEqualTo(3000);
        this.localClock.pass(3000);
        assertThat(this.weightLimiter.tryAcquire(1, true)).isZero();
    }

    @Test
    void countsTheOrdersOfTenSecondsAndOfADay() {
        OrderRateLimiter orderRateLimiter = new OrderRateLimiter(this.serverClock);
        for (int order = 0; order < 50; order++) {
            assertThat(orderRateLimiter.tryAcquire()).isZero();
        }
        assertThat(orderRateLimiter.tryAcquire()).isEqualTo(10_000);
        orderRateLimiter.updateCounts(0, -1);
        assertThat(orderRateLimiter.tryAcquire()).as("those that were filled do not count").isZero();
        orderRateLimiter.updateCounts(1, 160_000);
        assertThat(orderRateLimiter.tryAcquire()).isGreaterThan(10_000);
        this.localClock.pass(86_400_000);
        orderRateLimiter.block(5000);
        assertThat(orderRateLimiter.tryAcquire()).isEqualTo(5000);
        this.localClock.pass(5000);
        assertThat(orderRateLimiter.tryAcquire()).isZero();
    }

    @Test
    void opensNoMoreConnectionsThanTheBrokerAllows() {
        TokenBucket connectBucket = WebSocketConnector.createConnectBucket();
        long now = 0;
        int opened = 0;
        while (now < 300_000_000_000L) {
            now += connectBucket.reservePermit(now);
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
        long requestedAt = this.localClock.millis();
        this.localClock.pass(200);
        assertThat(this.serverClock.isKnown()).isFalse();
        this.serverClock.synchronize(requestedAt + 5100, requestedAt);
        assertThat(this.serverClock.millis() - this.localClock.millis()).isEqualTo(5000);
        assertThat(this.serverClock.isKnown()).isTrue();
        this.localClock.pass(1_800_000);
        assertThat(this.serverClock.isKnown()).as("clocks drift").isFalse();
    }

}
