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
        TokenBucket limit = new TokenBucket(10, 4);
        limit.divide(2);
        assertThat(limit.reservePermit(0)).isZero();
        assertThat(limit.reservePermit(0)).isZero();
        assertThat(limit.reservePermit(0)).isEqualTo(SECOND / 5);
        assertThat(limit.reservePermit(0)).isEqualTo(2 * SECOND / 5);
    }

    @Test
    void givesTheShareBackWhereOthersAreGone() {
        TokenBucket limit = new TokenBucket(10, 1);
        limit.divide(10);
        assertThat(limit.reservePermit(0)).isZero();
        assertThat(limit.reservePermit(0)).isEqualTo(SECOND);
        limit.divide(1);
        assertThat(limit.reservePermit(3 * SECOND)).isZero();
        assertThat(limit.reservePermit(3 * SECOND)).isEqualTo(SECOND / 10);
    }

    @Test
    void letsQuestionsWaitForEachOtherAndOrdersForNobody() {
        IpRateLimiter budget = new IpRateLimiter("polarium", 1, 1);
        assertThat(budget.reserveRequest(false)).isZero();
        assertThat(budget.reserveRequest(false)).isPositive();
        assertThat(budget.reserveRequest(true)).isZero();
        assertThat(budget.reserveConnection()).isZero();
        assertThat(budget.reserveConnection()).isPositive();
        assertThat(budget.requestCount()).isEqualTo(3);
        assertThat(budget.connectionCount()).isEqualTo(2);
        assertThat(budget.waitNanos()).isPositive();
    }

    @Test
    void isNeverNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateBudgetProperties(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateBudgetProperties(1, 0));
    }

}
