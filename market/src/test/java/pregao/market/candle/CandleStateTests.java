package pregao.market.candle;

import java.math.BigDecimal;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static pregao.market.Minutes.EURUSD;

class CandleStateTests {

    private static final long TIME = 1_398_902_400_000L;

    private static CandleVersion version(CandleRank rank, int volume, int close) {
        CandleSource source = rank.isBuilt() ? CandleSource.TICKS : CandleSource.GIVEN;
        Candle candle = new Candle(EURUSD, Timeframe.M1, TIME, Prices.ONE, Prices.ONE + 10, Prices.ONE,
                Prices.ONE + close, BigDecimal.valueOf(volume), null, source, rank.isFinal(), 0);
        return new CandleVersion(candle, rank, false);
    }

    private static CandleState.Outcome put(CandleState before, CandleVersion version) {
        return version.rank().isBuilt() ? before.build(version, false) : before.provide(version);
    }

    /** The table of ranks, cell by cell: what stands, what comes, and what is said. */
    @ParameterizedTest(name = "{0} of {1}, then {2} of {3}: {4}, revision {5}")
    @CsvSource(textBlock = """
            BUILT_FORMING, 5, BUILT_FORMING, 4, UPDATED,   0
            BUILT_FORMING, 5, PROVISIONAL,   1, UPDATED,   0
            BUILT_FORMING, 5, BUILT_FINAL,   5, UPDATED,   1
            BUILT_FORMING, 5, SUCCEEDED,     1, UPDATED,   1
            BUILT_FORMING, 5, MARKED,        1, UPDATED,   1
            PROVISIONAL,   5, BUILT_FORMING, 9, DUPLICATE, 0
            PROVISIONAL,   5, PROVISIONAL,   5, UPDATED,   0
            PROVISIONAL,   5, PROVISIONAL,   6, UPDATED,   0
            PROVISIONAL,   5, PROVISIONAL,   4, DUPLICATE, 0
            PROVISIONAL,   5, BUILT_FINAL,   1, UPDATED,   1
            PROVISIONAL,   5, SUCCEEDED,     6, UPDATED,   1
            PROVISIONAL,   5, SUCCEEDED,     5, CONFLICT,  1
            PROVISIONAL,   5, SUCCEEDED,     4, CONFLICT,  1
            PROVISIONAL,   5, MARKED,        1, UPDATED,   1
            BUILT_FINAL,   5, BUILT_FORMING, 9, DUPLICATE, 1
            BUILT_FINAL,   5, PROVISIONAL,   9, DUPLICATE, 1
            BUILT_FINAL,   5, BUILT_FINAL,   1, UPDATED,   2
            BUILT_FINAL,   5, SUCCEEDED,     6, UPDATED,   2
            BUILT_FINAL,   5, SUCCEEDED,     5, UPDATED,   2
            BUILT_FINAL,   5, SUCCEEDED,     4, CONFLICT,  1
            BUILT_FINAL,   5, MARKED,        1, UPDATED,   2
            SUCCEEDED,     5, BUILT_FORMING, 9, DUPLICATE, 1
            SUCCEEDED,     5, PROVISIONAL,   9, DUPLICATE, 1
            SUCCEEDED,     5, BUILT_FINAL,   6, UPDATED,   2
            SUCCEEDED,     5, BUILT_FINAL,   5, CONFLICT,  1
            SUCCEEDED,     5, SUCCEEDED,     6, UPDATED,   2
            SUCCEEDED,     5, SUCCEEDED,     5, CONFLICT,  1
            SUCCEEDED,     5, MARKED,        1, UPDATED,   2
            MARKED,        5, BUILT_FORMING, 9, DUPLICATE, 1
            MARKED,        5, PROVISIONAL,   9, DUPLICATE, 1
            MARKED,        5, BUILT_FINAL,   9, CONFLICT,  1
            MARKED,        5, SUCCEEDED,     9, CONFLICT,  1
            MARKED,        5, MARKED,        9, CONFLICT,  1
            """)
    void decidesByRankThenVolume(CandleRank stands, int volume, CandleRank comes, int other, String answer,
            int revision) {
        CandleState before = put(CandleState.EMPTY, version(stands, volume, 1)).after();

        CandleState.Outcome outcome = put(before, version(comes, other, 2));

        assertThat(outcome.status().name()).isEqualTo(answer.equals("CONFLICT") ? "DUPLICATE" : answer);
        assertThat(outcome.conflict()).isEqualTo(answer.equals("CONFLICT"));
        assertThat(stands(outcome.after()).close())
            .isEqualTo(Prices.ONE + (outcome.status() == CandleState.Status.DUPLICATE ? 1 : 2));
        assertThat(outcome.after().revision()).isEqualTo(revision);
    }

    @ParameterizedTest
    @CsvSource({ "BUILT_FORMING, 0", "PROVISIONAL, 0", "BUILT_FINAL, 1", "SUCCEEDED, 1", "MARKED, 1" })
    void saysNothingOfARepetition(CandleRank rank, int revision) {
        CandleState.Outcome first = put(CandleState.EMPTY, version(rank, 5, 1));
        CandleState.Outcome second = put(first.after(), version(rank, 5, 1));

        assertThat(first.status()).isEqualTo(CandleState.Status.INSERTED);
        assertThat(second).isEqualTo(new CandleState.Outcome(first.after(), CandleState.Status.DUPLICATE, false));
        assertThat(second.after().revision()).isEqualTo(revision);
    }

    @ParameterizedTest
    @CsvSource({ "9, 5, 9, 1", "5, 5, 5, 1", "4, 5, 5, 1" })
    void givesTheFirstFinalRevisionToTheOneWithMoreVolume(int provided, int built, int stands, int revision) {
        CandleState snapshot = put(CandleState.EMPTY, version(CandleRank.PROVISIONAL, provided, 1)).after();

        CandleState closed = snapshot.build(version(CandleRank.BUILT_FINAL, built, 2), true).after();

        assertThat(stands(closed).volume()).isEqualByComparingTo(BigDecimal.valueOf(stands));
        assertThat(closed.revision()).isEqualTo(revision);
    }

    @Test
    void keepsASnapshotUnderABuiltCandleUntilItsSuccessorIsKnown() {
        CandleState built = put(put(CandleState.EMPTY, version(CandleRank.PROVISIONAL, 9, 1)).after(),
                version(CandleRank.BUILT_FINAL, 5, 2))
            .after();

        CandleState promoted = built.promote();

        assertThat(stands(built).close()).isEqualTo(Prices.ONE + 2);
        assertThat(stands(promoted).close()).isEqualTo(Prices.ONE + 1);
        assertThat(promoted.revision()).isEqualTo(2);
    }

    @Test
    void goesBackToWhatStoodBeforeARelease() {
        CandleState before = put(CandleState.EMPTY, version(CandleRank.MARKED, 5, 1)).after();

        CandleState twice = before.release(released(7, 3)).release(released(8, 4));

        assertThat(stands(twice).close()).isEqualTo(Prices.ONE + 4);
        assertThat(stands(twice.undo(8, false)).close()).isEqualTo(Prices.ONE + 3);
        assertThat(stands(twice.undo(7, false)).close()).isEqualTo(Prices.ONE + 4);
        assertThat(stands(twice.undo(7, false).undo(8, false)).close()).isEqualTo(Prices.ONE + 1);
        assertThat(twice.undo(8, false).undo(7, false).revision()).isEqualTo(5);
        assertThat(twice.undo(9, false)).isEqualTo(twice);
    }

    @Test
    void restoresTheBestThatCameWhileAReleaseStood() {
        CandleState released = put(CandleState.EMPTY, version(CandleRank.PROVISIONAL, 5, 1)).after()
            .release(released(7, 3));

        CandleState later = put(put(released, version(CandleRank.BUILT_FINAL, 4, 2)).after(),
                version(CandleRank.SUCCEEDED, 6, 5))
            .after();

        assertThat(stands(later).close()).isEqualTo(Prices.ONE + 3);
        assertThat(stands(later.undo(7, false)).close()).isEqualTo(Prices.ONE + 5);
    }

    @Test
    void isGoneWhereNothingElseIsThereAndCountsOn() {
        CandleState gone = CandleState.EMPTY.release(released(7, 3)).undo(7, false);

        CandleState.Outcome next = put(gone, version(CandleRank.PROVISIONAL, 5, 1));

        assertThat(gone.candle()).isNull();
        assertThat(gone.revision()).isEqualTo(2);
        assertThat(next.status()).isEqualTo(CandleState.Status.INSERTED);
        assertThat(next.after().revision()).isEqualTo(3);
        assertThat(stands(next.after()).isFinal()).isFalse();
        assertThat(next.after().promote().revision()).isEqualTo(4);
    }

    @Test
    void lastsWhereAConflictWasAccepted() {
        CandleState before = put(CandleState.EMPTY, version(CandleRank.MARKED, 5, 1)).after();

        CandleState accepted = before.release(released(7, 3)).accept(version(CandleRank.CHOSEN, 5, 2));

        assertThat(stands(accepted).close()).isEqualTo(Prices.ONE + 2);
        assertThat(accepted.undo(7, false)).isEqualTo(accepted);
        assertThat(put(accepted, version(CandleRank.MARKED, 9, 4)).conflict()).isTrue();
        assertThat(stands(accepted.release(released(8, 6)).undo(8, false)).close()).isEqualTo(Prices.ONE + 2);
    }

    @Test
    void isASnapshotUntilItIsSeenAfterItsEnd() {
        CandleVersion early = new CandleVersion(version(CandleRank.PROVISIONAL, 5, 1).candle(), CandleRank.PROVISIONAL,
                true);
        CandleState snapshot = put(CandleState.EMPTY, early).after();

        CandleState seen = put(snapshot, version(CandleRank.PROVISIONAL, 5, 1)).after();

        assertThat(Objects.requireNonNull(snapshot.promote().standing()).snapshot()).isTrue();
        assertThat(Objects.requireNonNull(seen.promote().standing()).snapshot()).isFalse();
        assertThat(seen.revision()).isZero();
    }

    @Test
    void refusesARankThatIsNone() {
        assertThat(CandleRank.of(4)).isEqualTo(CandleRank.SUCCEEDED);
        assertThatIllegalArgumentException().isThrownBy(() -> CandleRank.of(0));
        assertThatIllegalArgumentException().isThrownBy(() -> CandleRank.of(7));
    }

    private static CandleVersion released(long number, int close) {
        return new CandleVersion(version(CandleRank.CHOSEN, 1, close).candle(), CandleRank.CHOSEN, false, number);
    }

    private static Candle stands(CandleState state) {
        @Nullable Candle candle = state.candle();
        return Objects.requireNonNull(candle);
    }

}
