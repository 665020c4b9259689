package pregao.session.identity.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link KeyRotationPolicy} and of the settings of tokens.
 */
class KeyRotationPolicyTests {

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private final KeyRotationPolicy rotation = new KeyRotationPolicy(
            new TokenProperties(Duration.ofMinutes(5), Duration.ofDays(30), Duration.ofHours(1)));

    @Test
    void firstKeySignsAtOnce() {
        assertThat(this.rotation.findNextStart(List.of(), START)).contains(START);
        assertThat(this.rotation.findCurrentIndex(List.of(START), START)).isZero();
    }

    @Test
    void nextKeyIsPublishedBeforeItSigns() {
        Instant due = START.plus(Duration.ofDays(30));
        List<Instant> oneKey = List.of(START);
        assertThat(this.rotation.findNextStart(oneKey, due.minus(Duration.ofMinutes(61)))).isEmpty();
        Instant publishTime = due.minus(Duration.ofMinutes(60));
        assertThat(this.rotation.findNextStart(oneKey, publishTime)).contains(due);
        List<Instant> twoKeys = List.of(START, due);
        assertThat(this.rotation.findNextStart(twoKeys, publishTime)).isEmpty();
        assertThat(this.rotation.findCurrentIndex(twoKeys, due.minusMillis(1))).isZero();
        assertThat(this.rotation.findCurrentIndex(twoKeys, due)).isEqualTo(1);
    }

    @Test
    void nextKeyIsPublishedFirstEvenWhereNobodyWasThereInTime() {
        Instant late = START.plus(Duration.ofDays(300));
        assertThat(this.rotation.findNextStart(List.of(START), late)).contains(late.plus(Duration.ofHours(1)));
    }

    @Test
    void oldKeyIsForgottenOnceItsLastTokenHasEnded() {
        Instant successor = START.plus(Duration.ofDays(30));
        assertThat(this.rotation.computeDeletionThreshold(successor.plus(Duration.ofMinutes(10)))).isBefore(successor);
        assertThat(this.rotation.computeDeletionThreshold(successor.plus(Duration.ofHours(2)))).isAfter(successor);
    }

    @Test
    void tokensLiveTenMinutesAtMost() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new TokenProperties(Duration.ofMinutes(11), Duration.ofDays(30), Duration.ofHours(1)));
    }

}
