package pregao.gateway.ratelimit;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LocalTokenLease}.
 */
class LocalTokenLeaseTests {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private static final Duration NONE = Duration.ZERO;

    private final LocalTokenLease lease = new LocalTokenLease(new RateLimit(1000, Duration.ofSeconds(10)), 0);

    @Test
    void mustAskFirst() {
        assertThat(this.lease.tryLocal(0)).isNull();
    }

    @Test
    void spendsWhatWasTakenAheadWithoutAsking() {
        this.lease.tokensToRequest(0);
        assertThat(this.lease.onGrant(new TokenGrant(3, 7, NONE), 0)).isEqualTo(new RateLimitDecision.Allowed(9));
        assertThat(this.lease.tryLocal(1)).isEqualTo(new RateLimitDecision.Allowed(8));
        assertThat(this.lease.tryLocal(1)).isEqualTo(new RateLimitDecision.Allowed(7));
        assertThat(this.lease.tryLocal(1)).isNull();
    }

    @Test
    void takesMoreAheadTheFasterItIsUsedUpToAFiftiethOfTheRule() {
        int largestRequest = 0;
        for (int i = 0; i < 10; i++) {
            int requested = this.lease.tokensToRequest(i);
            assertThat(requested).isGreaterThanOrEqualTo(largestRequest);
            largestRequest = requested;
            this.lease.onGrant(new TokenGrant(requested, 500, NONE), i);
            while (this.lease.tryLocal(i) != null) {
                assertThat(i).isLessThan(10);
            }
        }
        assertThat(largestRequest).isEqualTo(20);
    }

    @Test
    void givesUpWhatWasNotUsedWithinASecond() {
        this.lease.tokensToRequest(0);
        this.lease.onGrant(new TokenGrant(10, 7, NONE), 0);
        assertThat(this.lease.tryLocal(1000 * MILLI)).isNotNull();
        assertThat(this.lease.tryLocal(1001 * MILLI)).isNull();
        assertThat(this.lease.tokensToRequest(1001 * MILLI)).isEqualTo(1);
    }

    @Test
    void takesAheadForOneRequestAtATime() {
        assertThat(this.lease.tokensToRequest(0)).isEqualTo(2);
        assertThat(this.lease.tokensToRequest(0)).isEqualTo(1);
    }

    @Test
    void asksAheadAgainWhereTheAnswerNeverCame() {
        assertThat(this.lease.tokensToRequest(0)).isEqualTo(2);
        assertThat(this.lease.tokensToRequest(150 * MILLI)).isGreaterThan(1);
    }

    @Test
    void doesNotAskAgainBeforeThereCanBeOne() {
        this.lease.tokensToRequest(0);
        Duration pause = Duration.ofMillis(10);
        assertThat(this.lease.onGrant(new TokenGrant(0, 0, pause), 0)).isEqualTo(new RateLimitDecision.Refused(pause));
        assertThat(this.lease.tryLocal(4 * MILLI)).isEqualTo(new RateLimitDecision.Refused(Duration.ofMillis(6)));
        assertThat(this.lease.tryLocal(10 * MILLI)).isNull();
    }

}
