package pregao.session.broker.polarium;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.TokenBucket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReconnectPolicy} and {@link TokenBucket}.
 */
class ReconnectPolicyTests {

    private static final long SECOND = 1_000_000_000L;

    private final ReconnectPolicy reconnection = new ReconnectPolicy(ReconnectBackoff.DEFAULT, () -> 0.5);

    @Test
    void waitsTwiceAsLongEachTimeUpToABoundAndSomeByChance() {
        assertThat(this.reconnection.nextDelayAfterLoss()).isEqualTo(600);
        assertThat(this.reconnection.nextDelayAfterLoss()).isEqualTo(700);
        assertThat(this.reconnection.nextDelayAfterLoss()).isEqualTo(900);
        for (int time = 0; time < 100; time++) {
            this.reconnection.nextDelayAfterLoss();
        }
        assertThat(this.reconnection.nextDelayAfterLoss()).isEqualTo(10_500);
        this.reconnection.reset();
        assertThat(this.reconnection.nextDelayAfterLoss()).isEqualTo(600);
    }

    @Test
    void givesUpAfterFiveRejectionsInARow() {
        for (int time = 0; time < 4; time++) {
            this.reconnection.nextDelayAfterRejection();
        }
        assertThat(this.reconnection.isExhausted()).isFalse();
        this.reconnection.nextDelayAfterLoss();
        for (int time = 0; time < 4; time++) {
            this.reconnection.nextDelayAfterRejection();
        }
        assertThat(this.reconnection.isExhausted()).as("another failure was in between").isFalse();
        this.reconnection.nextDelayAfterRejection();
        assertThat(this.reconnection.isExhausted()).isTrue();
    }

    @Test
    void givesABurstAtOnceAndThenSoManyASecond() {
        TokenBucket limit = new TokenBucket(5, 10);
        for (int time = 0; time < 10; time++) {
            assertThat(limit.reservePermit(-7)).isZero();
        }
        assertThat(limit.reservePermit(-7)).isEqualTo(SECOND / 5);
        assertThat(limit.reservePermit(-7)).isEqualTo(2 * SECOND / 5);
        for (int time = 0; time < 10; time++) {
            assertThat(limit.reservePermit(60 * SECOND)).isZero();
        }
        assertThat(limit.reservePermit(60 * SECOND)).as("nothing is saved up beyond the burst").isEqualTo(SECOND / 5);
    }

}
