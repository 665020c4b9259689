package pregao.session.broker.api;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link IpRateLimiter}, {@link TokenBucket} and {@link RateBudgetProperties}.
 */
class IpRateLimiterTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void lendsEachReplicaItsShare() {
        TokenBucket bucket = new TokenBucket(10, 4);
        bucket.divide(2);
        assertThat(bucket.reservePermit(0)).isZero();
        assertThat(bucket.reservePermit(0)).isZero();
        assertThat(bucket.reservePermit(0)).isEqualTo(SECOND / 5);
        assertThat(bucket.reservePermit(0)).isEqualTo(2 * SECOND / 5);
    }

    @Test
    void givesTheShareBackWhereOthersAreGone() {
        TokenBucket bucket = new TokenBucket(10, 1);
        bucket.divide(10);
        assertThat(bucket.reservePermit(0)).isZero();
        assertThat(bucket.reservePermit(0)).isEqualTo(SECOND);
        bucket.divide(1);
        assertThat(bucket.reservePermit(3 * SECOND)).isZero();
        assertThat(bucket.reservePermit(3 * SECOND)).isEqualTo(SECOND / 10);
    }

    @Test
    void letsQuestionsWaitForEachOtherAndOrdersForNobody() {
        IpRateLimiter rateLimiter = new IpRateLimiter("polarium", 1, 1);
        assertThat(rateLimiter.reserveRequest(false)).isZero();
        assertThat(rateLimiter.reserveRequest(false)).isPositive();
        assertThat(rateLimiter.reserveRequest(true)).isZero();
        assertThat(rateLimiter.reserveConnection()).isZero();
        assertThat(rateLimiter.reserveConnection()).isPositive();
        assertThat(rateLimiter.requestCount()).isEqualTo(3);
        assertThat(rateLimiter.connectionCount()).isEqualTo(2);
        assertThat(rateLimiter.waitNanos()).isPositive();
    }

    @Test
    void isNeverNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateBudgetProperties(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateBudgetProperties(1, 0));
    }

}
