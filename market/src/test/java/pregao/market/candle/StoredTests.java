package pregao.market.candle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Price;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static pregao.market.Minutes.closingAt;
import static pregao.market.Minutes.flat;

class StoredTests {

    private static final long TIME = 1_398_902_400_000L;

    @ParameterizedTest
    @CsvSource({ "GIVEN, true, 4, 1", "TICKS, true, 3, 1", "ROLLUP, true, 3, 1", "GIVEN, false, 2, 0",
            "TICKS, false, 1, 0", "ROLLUP, false, 1, 0" })
    void insertsWhereNothingIs(CandleSource source, boolean complete, int rank, int revision) {
        Candle candle = flat(TIME, source, complete).withRevision(7);

        assertThat(Stored.put(null, candle))
            .isEqualTo(new PutOutcome.Inserted(new Stored(candle.withRevision(revision), rank)));
    }

    @ParameterizedTest(name = "{0} {1} then {2} {3}, same values {4}: {5}, revision {6}")
    @CsvSource(textBlock = """
            GIVEN, false, GIVEN, false, true,  duplicate, 0
            GIVEN, false, GIVEN, false, false, updated,   0
            GIVEN, false, GIVEN, true,  true,  updated,   1
            GIVEN, false, GIVEN, true,  false, updated,   1
            GIVEN, false, TICKS, false, false, duplicate, 0
            GIVEN, false, TICKS, true,  false, updated,   1
            GIVEN, true,  GIVEN, false, false, duplicate, 1
            GIVEN, true,  GIVEN, true,  true,  duplicate, 1
            GIVEN, true,  GIVEN, true,  false, conflict,  1
            GIVEN, true,  TICKS, true,  false, conflict,  1
            GIVEN, true,  TICKS, true,  true,  duplicate, 1
            GIVEN, true,  TICKS, false, false, duplicate, 1
            TICKS, false, TICKS, false, true,  duplicate, 0
            TICKS, false, TICKS, false, false, updated,   0
            TICKS, false, TICKS, true,  true,  updated,   1
            TICKS, false, GIVEN, false, true,  updated,   0
            TICKS, true,  TICKS, false, false, duplicate, 1
            TICKS, true,  TICKS, true,  true,  duplicate, 1
            TICKS, true,  TICKS, true,  false, updated,   2
            TICKS, true,  GIVEN, true,  true,  updated,   1
            TICKS, true,  GIVEN, true,  false, updated,   2
            TICKS, true,  GIVEN, false, false, duplicate, 1
            TICKS, true,  ROLLUP, true, false, updated,   2
            """)
    void decidesByRankThenValues(CandleSource stored, boolean storedComplete, CandleSource source, boolean complete,
            boolean same, String status, int revision) {
        Stored before = Stored.put(null, flat(TIME, stored, storedComplete)).after();
        Candle incoming = flat(TIME, source, complete);
        if (!same) {
            incoming = closingAt(incoming, "1.5");
        }

        PutOutcome outcome = Stored.put(before, incoming);

        Candle replacing = incoming.withRevision(revision);
        assertThat(outcome).isEqualTo(switch (status) {
            case "updated" -> new PutOutcome.Updated(new Stored(replacing, Precedence.of(incoming)));
            case "conflict" -> new PutOutcome.Duplicate(before, true);
            default -> new PutOutcome.Duplicate(before, false);
        });
        assertThat(outcome.after().candle().revision()).isEqualTo(revision);
    }

    @Test
    void countsEachChangeOfAFinalBuiltCandle() {
        Stored stored = Stored.put(null, flat(TIME, CandleSource.TICKS, true)).after();
        for (int i = 2; i < 6; i++) {
            stored = Stored.put(stored, closingAt(flat(TIME, CandleSource.TICKS, true), "1." + i)).after();
            assertThat(stored.candle().revision()).isEqualTo(i);
            assertThat(Stored.put(stored, stored.candle())).isEqualTo(new PutOutcome.Duplicate(stored, false));
        }
    }

    @ParameterizedTest
    @CsvSource({ "GIVEN, true", "GIVEN, false", "TICKS, true", "TICKS, false", "ROLLUP, true" })
    void lastsWhereItWasReleasedFromQuarantine(CandleSource source, boolean complete) {
        Stored released = Stored.release(null, flat(TIME, CandleSource.GIVEN, true)).after();

        PutOutcome outcome = Stored.put(released, closingAt(flat(TIME, source, complete), "2"));

        assertThat(released.rank()).isEqualTo(Precedence.RELEASED);
        assertThat(outcome).isEqualTo(new PutOutcome.Duplicate(released, complete));
    }

    @ParameterizedTest(name = "{0} {1}, same values {2}: revision {3}")
    @CsvSource({ "GIVEN, true, true, 1", "GIVEN, true, false, 2", "TICKS, true, false, 2", "TICKS, true, true, 1",
            "GIVEN, false, false, 1", "ROLLUP, false, true, 1" })
    void replacesWhateverIsThereWhenReleased(CandleSource stored, boolean storedComplete, boolean same, int revision) {
        Stored before = Stored.put(null, flat(TIME, stored, storedComplete)).after();
        Candle incoming = flat(TIME, CandleSource.GIVEN, true);
        if (!same) {
            incoming = closingAt(incoming, "1.5");
        }

        assertThat(Stored.release(before, incoming))
            .isEqualTo(new PutOutcome.Updated(new Stored(incoming.withRevision(revision), Precedence.RELEASED)));
    }

    @Test
    void isReplacedByALaterRelease() {
        Stored first = Stored.release(null, flat(TIME, CandleSource.GIVEN, true)).after();
        Candle other = closingAt(flat(TIME, CandleSource.GIVEN, true), "2");

        Stored second = Stored.release(first, other).after();

        assertThat(second).isEqualTo(new Stored(other.withRevision(2), Precedence.RELEASED));
        assertThat(Stored.release(second, other)).isEqualTo(new PutOutcome.Duplicate(second, false));
    }

    @Test
    void isFinalOnceReleased() {
        Candle forming = flat(TIME, CandleSource.GIVEN, false);

        assertThat(Stored.release(null, forming))
            .isEqualTo(new PutOutcome.Inserted(new Stored(forming.completed().withRevision(1), Precedence.RELEASED)));
    }

    @Test
    void refusesACandleOfAnotherBucket() {
        Stored stored = Stored.put(null, flat(TIME, CandleSource.TICKS, true)).after();

        assertThatIllegalArgumentException()
            .isThrownBy(() -> Stored.put(stored, flat(TIME + 60_000, CandleSource.TICKS, true)));
    }

    @Test
    void refusesWhatTheDatabaseNeverHolds() {
        Candle forming = flat(TIME, CandleSource.TICKS, false);

        assertThatIllegalArgumentException().isThrownBy(() -> new Stored(forming, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stored(forming, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stored(forming.withRevision(1), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stored(forming.completed(), 3));
        assertThat(forming.close()).isEqualTo(Price.ONE);
    }

}
