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

    @Test
    void lastsWhereItWasReleasedFromQuarantine() {
        Stored released = new Stored(flat(TIME, CandleSource.GIVEN, true).withRevision(1), Precedence.RELEASED);

        PutOutcome outcome = Stored.put(released, closingAt(flat(TIME, CandleSource.GIVEN, true), "2"));

        assertThat(outcome).isEqualTo(new PutOutcome.Duplicate(released, true));
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
