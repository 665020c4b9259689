package pregao.ingest.limit;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InFlight}.
 */
class InFlightTests {

    private final InFlight inFlight = new InFlight(
            new LimitSettings(2, DataSize.ofBytes(100), DataSize.ofBytes(80), Duration.ofSeconds(1)),
            new SimpleMeterRegistry());

    @Test
    void hasNoRoomForOneRequestTooMany() {
        assertThat(this.inFlight.acquire(10)).isTrue();
        assertThat(this.inFlight.acquire(10)).isTrue();
        assertThat(this.inFlight.acquire(10)).isFalse();
        assertThat(this.inFlight.requests()).as("the refused one holds no room").isEqualTo(2);
    }

    @Test
    void hasNoRoomForTooManyBytes() {
        assertThat(this.inFlight.acquire(80)).isTrue();
        assertThat(this.inFlight.acquire(21)).isFalse();
        assertThat(this.inFlight.acquire(20)).isTrue();
    }

    @Test
    void hasRoomAgainAfterARelease() {
        this.inFlight.acquire(80);
        this.inFlight.acquire(20);
        this.inFlight.release(80);
        assertThat(this.inFlight.acquire(80)).isTrue();
    }

}
