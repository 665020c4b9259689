package pregao.gateway.rate;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Bucket}.
 */
class BucketTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Bucket bucket = new Bucket(new Rule(5, Duration.ofSeconds(1)), 0);

    @Test
    void givesWhatTheRuleSaysAtOnceAndThenSaysWhen() {
        for (int left = 4; left >= 0; left--) {
            assertThat(this.bucket.take(0)).isEqualTo(new Verdict.Allowed(left));
        }
        assertThat(this.bucket.take(0)).isEqualTo(new Verdict.Refused(Duration.ofMillis(200)));
    }

    @Test
    void fillsEvenlyAndNeverBeyondTheRule() {
        for (int i = 0; i < 5; i++) {
            this.bucket.take(0);
        }
        assertThat(this.bucket.take(SECOND / 5)).isEqualTo(new Verdict.Allowed(0));
        assertThat(this.bucket.take(SECOND / 5)).isInstanceOf(Verdict.Refused.class);
        assertThat(this.bucket.take(100 * SECOND)).isEqualTo(new Verdict.Allowed(4));
    }

    @Test
    void takesNothingAwayWhereTheClockSeemsToStandBack() {
        assertThat(this.bucket.take(-SECOND)).isEqualTo(new Verdict.Allowed(4));
    }

}
