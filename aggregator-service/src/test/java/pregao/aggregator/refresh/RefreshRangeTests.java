package pregao.aggregator.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RefreshRange}.
 */
class RefreshRangeTests {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static RefreshRange days(int from, int to) {
        return new RefreshRange(START.plus(Duration.ofDays(from)), START.plus(Duration.ofDays(to)));
    }

    private static List<RefreshRange> pieces(RefreshRange... spans) {
        return RefreshRange.split(List.of(spans), Duration.ofDays(30));
    }

    @Test
    void joinsWhatOverlapsOrTouches() {
        assertThat(pieces(days(4, 5), days(0, 1), days(1, 2), days(0, 1), days(4, 5))).containsExactly(days(0, 2),
                days(4, 5));
    }

    @Test
    void cutsWhatIsLongFromOldToNew() {
        assertThat(pieces(days(70, 71), days(0, 65))).containsExactly(days(0, 30), days(30, 60), days(60, 65),
                days(70, 71));
    }

    @Test
    void leavesOutWhatIsInsideAnother() {
        assertThat(pieces(days(0, 40), days(3, 5), days(35, 41))).containsExactly(days(0, 30), days(30, 41));
    }

    @Test
    void refusesASpanWithoutTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> days(1, 1)).withMessageContaining("ends after");
    }

}
