package pregao.gateway.rate;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Allowance}.
 */
class AllowanceTests {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private static final Duration NONE = Duration.ZERO;

    private final Allowance allowance = new Allowance(new Rule(1000, Duration.ofSeconds(10)), 0);

    @Test
    void mustAskFirst() {
        assertThat(this.allowance.atOnce(0)).isNull();
    }

    @Test
    void spendsWhatWasTakenAheadWithoutAsking() {
        this.allowance.wish(0);
        assertThat(this.allowance.granted(new Grant(3, 7, NONE), 0)).isEqualTo(new Verdict.Allowed(9));
        assertThat(this.allowance.atOnce(1)).isEqualTo(new Verdict.Allowed(8));
        assertThat(this.allowance.atOnce(1)).isEqualTo(new Verdict.Allowed(7));
        assertThat(this.allowance.atOnce(1)).isNull();
    }

    @Test
    void takesMoreAheadTheFasterItIsUsedUpToAFiftiethOfTheRule() {
        int most = 0;
        for (int i = 0; i < 10; i++) {
            int wish = this.allowance.wish(i);
            assertThat(wish).isGreaterThanOrEqualTo(most);
            most = wish;
            this.allowance.granted(new Grant(wish, 500, NONE), i);
            while (this.allowance.atOnce(i) != null) {
                assertThat(i).isLessThan(10);
            }
        }
        assertThat(most).isEqualTo(20);
    }

    @Test
    void givesUpWhatWasNotUsedWithinASecond() {
        this.allowance.wish(0);
        this.allowance.granted(new Grant(10, 7, NONE), 0);
        assertThat(this.allowance.atOnce(1000 * MILLI)).isNotNull();
        assertThat(this.allowance.atOnce(1001 * MILLI)).isNull();
        assertThat(this.allowance.wish(1001 * MILLI)).isEqualTo(1);
    }

    @Test
    void takesAheadForOneRequestAtATime() {
        assertThat(this.allowance.wish(0)).isEqualTo(2);
        assertThat(this.allowance.wish(0)).isEqualTo(1);
    }

    @Test
    void asksAheadAgainWhereTheAnswerNeverCame() {
        assertThat(this.allowance.wish(0)).isEqualTo(2);
        assertThat(this.allowance.wish(150 * MILLI)).isGreaterThan(1);
    }

    @Test
    void doesNotAskAgainBeforeThereCanBeOne() {
        this.allowance.wish(0);
        Duration pause = Duration.ofMillis(10);
        assertThat(this.allowance.granted(new Grant(0, 0, pause), 0)).isEqualTo(new Verdict.Refused(pause));
        assertThat(this.allowance.atOnce(4 * MILLI)).isEqualTo(new Verdict.Refused(Duration.ofMillis(6)));
        assertThat(this.allowance.atOnce(10 * MILLI)).isNull();
    }

}
