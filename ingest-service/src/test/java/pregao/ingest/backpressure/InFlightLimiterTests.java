package pregao.ingest.backpressure;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InFlightLimiter}.
 */
class InFlightLimiterTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong();

    /** Capacity for eight requests and 200 bytes; the maximum body size is 80 bytes. */
    private final InFlightLimiter limiter = new InFlightLimiter(new InFlightProperties(8, DataSize.ofBytes(200), 5,
            DataSize.ofBytes(40), 5, DataSize.ofBytes(80), Duration.ofSeconds(1), DataSize.ofBytes(10)),
            new SimpleMeterRegistry(), this.nanos::get);

    @Test
    void rejectsRequestAboveRequestLimit() {
        for (int i = 0; i < 8; i++) {
            assertThat(this.limiter.acquire(sender(i), 10)).isNotNull();
        }
        assertThat(this.limiter.acquire(sender(8), 10)).isNull();
        assertThat(this.limiter.inFlightRequests()).as("the refused one holds no room").isEqualTo(8);
        assertThat(this.limiter.inFlightBytes()).isEqualTo(80);
    }

    @Test
    void rejectsRequestAboveByteLimit() {
        assertThat(this.limiter.acquire(sender(1), 80)).isNotNull();
        assertThat(this.limiter.acquire(sender(2), 80)).isNotNull();
        assertThat(this.limiter.acquire(sender(3), 41)).isNull();
        assertThat(this.limiter.acquire(sender(3), 40)).isNotNull();
    }

    @Test
    void hasCapacityAfterRelease() {
        InFlightPermit permit = acquire(sender(1), 80);
        permit.release();
        permit.release();
        assertThat(this.limiter.inFlightRequests()).isZero();
        assertThat(this.limiter.inFlightBytes()).isZero();
        assertThat(this.limiter.senderCount()).as("nothing is kept of a sender that has nothing under way").isZero();
    }

    @Test
    void limitsKeyToHalfOfTotal() {
        for (int i = 0; i < 4; i++) {
            assertThat(this.limiter.acquire(new Sender("greedy", null), 5)).isNotNull();
        }
        assertThat(this.limiter.acquire(new Sender("greedy", null), 5)).isNull();
        assertThat(this.limiter.acquire(new Sender("other", null), 80)).isNotNull();
        Sender large = new Sender("large", null);
        assertThat(this.limiter.acquire(large, 80)).as("the largest body").isNotNull();
        assertThat(this.limiter.acquire(large, 30)).as("more than half of all bytes").isNull();
    }

    @Test
    void limitsAddressToThreeQuartersOfTotal() {
        for (int i = 0; i < 6; i++) {
            assertThat(this.limiter.acquire(new Sender("key" + i, "10.0.0.1"), 5)).isNotNull();
        }
        assertThat(this.limiter.acquire(new Sender("key6", "10.0.0.1"), 5)).isNull();
        assertThat(this.limiter.acquire(new Sender("key6", "10.0.0.2"), 5)).isNotNull();
    }

    @Test
    void reservesWithinSameLimits() {
        InFlightPermit permit = acquire(sender(1), 0);
        assertThat(permit.tryReserve(100)).isTrue();
        assertThat(permit.tryReserve(1)).as("more than half of all bytes").isFalse();
        permit.release();
        assertThat(permit.tryReserve(1)).as("after the release").isFalse();
        assertThat(this.limiter.inFlightBytes()).isZero();
    }

    @Test
    void cutsOffSlowestBodyIfTotalIsFull() {
        InFlightPermit[] permits = new InFlightPermit[8];
        for (int i = 0; i < 8; i++) {
            permits[i] = acquire(sender(i), 10);
            permits[i].addReceivedBytes((i == 3) ? 1 : 9);
        }
        permits[4].markBodyReceived();
        assertThat(this.limiter.acquire(sender(8), 10)).as("all have just begun").isNull();
        this.nanos.set(Duration.ofSeconds(2).toNanos());
        assertThat(this.limiter.acquire(sender(8), 10)).isNotNull();
        StepVerifier.create(permits[3].whenCutOff()).expectComplete().verify(TIMEOUT);
        assertThat(this.limiter.inFlightRequests()).isEqualTo(8);
        permits[3].release();
        assertThat(this.limiter.inFlightRequests()).as("its room was given back once").isEqualTo(8);
    }

    @Test
    void cutsOffOnlyBodiesOfSameKeyIfKeyIsFull() {
        InFlightPermit other = acquire(sender(1), 10);
        InFlightPermit greedy = acquire(new Sender("greedy", null), 10);
        for (int i = 0; i < 3; i++) {
            InFlightPermit fast = acquire(new Sender("greedy", null), 10);
            fast.addReceivedBytes(1000);
        }
        this.nanos.set(Duration.ofSeconds(2).toNanos());
        greedy.addReceivedBytes(5);
        assertThat(this.limiter.acquire(new Sender("greedy", null), 10)).isNotNull();
        StepVerifier.create(greedy.whenCutOff()).expectComplete().verify(TIMEOUT);
        StepVerifier.create(other.whenCutOff())
            .expectSubscription()
            .expectNoEvent(Duration.ofMillis(1))
            .thenCancel()
            .verify(TIMEOUT);
    }

    private static Sender sender(int number) {
        return new Sender("key" + number, null);
    }

    private InFlightPermit acquire(Sender sender, long size) {
        return Objects.requireNonNull(this.limiter.acquire(sender, size));
    }

}
