package pregao.gateway.ratelimit;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link TokenBucket}.
 */
class TokenBucketTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TokenBucket bucket = new TokenBucket(new RateLimit(5, Duration.ofSeconds(1)), 0);

    @Test
    void givesWhatTheRuleSaysAtOnceAndThenSaysWhen() {
        for (int left = 4; left >= 0; left--) {
            assertThat(this.bucket.tryConsume(0)).isEqualTo(new RateLimitDecision.Allowed(left));
        }
        assertThat(this.bucket.tryConsume(0)).isEqualTo(new RateLimitDecision.Refused(Duration.ofMillis(200)));
    }

    @Test
    void fillsEvenlyAndNeverBeyondTheRule() {
        for (int i = 0; i < 5; i++) {
            this.bucket.tryConsume(0);
        }
        assertThat(this.bucket.tryConsume(SECOND / 5)).isEqualTo(new RateLimitDecision.Allowed(0));
        assertThat(this.bucket.tryConsume(SECOND / 5)).isInstanceOf(RateLimitDecision.Refused.class);
        assertThat(this.bucket.tryConsume(100 * SECOND)).isEqualTo(new RateLimitDecision.Allowed(4));
    }

    @Test
    void takesNothingAwayWhereTheClockSeemsToStandBack() {
        assertThat(this.bucket.tryConsume(-SECOND)).isEqualTo(new RateLimitDecision.Allowed(4));
    }

}
