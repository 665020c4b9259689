package pregao.session.broker.polarium;

import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerClock}.
 */
class ServerClockTests {

    private static final long NOW = 1_800_000_000_000L;

    private final ServerClock clock = new ServerClock(InstantSource.fixed(Instant.ofEpochMilli(NOW)));

    @Test
    void isOursUntilTheBrokerTellsTheTime() {
        assertThat(this.clock.millis()).isEqualTo(NOW);
        this.clock.synchronize(NOW + 700);
        assertThat(this.clock.millis()).isEqualTo(NOW + 700);
    }

    @Test
    void smoothsWhatTheNetworkDelays() {
        this.clock.synchronize(NOW + 1000);
        this.clock.synchronize(NOW + 200);
        assertThat(this.clock.millis()).isEqualTo(NOW + 900);
    }

    @Test
    void followsAJumpAtOnce() {
        this.clock.synchronize(NOW + 1000);
        this.clock.synchronize(NOW - 60_000);
        assertThat(this.clock.millis()).isEqualTo(NOW - 60_000);
    }

}
