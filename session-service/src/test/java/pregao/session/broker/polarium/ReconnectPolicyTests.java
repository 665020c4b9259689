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
        assertThat(this.reconnection.lost()).isEqualTo(600);
        assertThat(this.reconnection.lost()).isEqualTo(700);
        assertThat(this.reconnection.lost()).isEqualTo(900);
        for (int time = 0; time < 100; time++) {
            this.reconnection.lost();
        }
        assertThat(this.reconnection.lost()).isEqualTo(10_500);
        this.reconnection.opened();
        assertThat(this.reconnection.lost()).isEqualTo(600);
    }

    @Test
    void givesUpAfterFiveRejectionsInARow() {
        for (int time = 0; time < 4; time++) {
            this.reconnection.rejected();
        }
        assertThat(this.reconnection.isHopeless()).isFalse();
        this.reconnection.lost();
        for (int time = 0; time < 4; time++) {
            this.reconnection.rejected();
        }
        assertThat(this.reconnection.isHopeless()).as("another failure was in between").isFalse();
        this.reconnection.rejected();
        assertThat(this.reconnection.isHopeless()).isTrue();
    }

    @Test
    void givesABurstAtOnceAndThenSoManyASecond() {
        TokenBucket limit = new TokenBucket(5, 10);
        for (int time = 0; time < 10; time++) {
            assertThat(limit.take(-7)).isZero();
        }
        assertThat(limit.take(-7)).isEqualTo(SECOND / 5);
        assertThat(limit.take(-7)).isEqualTo(2 * SECOND / 5);
        for (int time = 0; time < 10; time++) {
            assertThat(limit.take(60 * SECOND)).isZero();
        }
        assertThat(limit.take(60 * SECOND)).as("nothing is saved up beyond the burst").isEqualTo(SECOND / 5);
    }

}
