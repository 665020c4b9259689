package pregao.market.candle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;

import static org.assertj.core.api.Assertions.assertThat;
import static pregao.market.Minutes.flat;

class DailyRollupTests {

    private static final long DAY = 1_398_902_400_000L;

    private static final long MINUTE = 60_000;

    private static Candle minute(int at, int revision) {
        return flat(DAY + at * MINUTE, CandleSource.GIVEN, revision > 0).withRevision(revision);
    }

    private static Candle ticking(int at) {
        return flat(DAY + at * MINUTE, CandleSource.TICKS, false);
    }

    private static DayChanges touch(Candle... minutes) {
        DayChanges touch = new DayChanges(BucketGrid.UTC, DAY);
        List.of(minutes).forEach(touch::minute);
        return touch;
    }

    private static DayChanges ended(Timeframe timeframe, int at) {
        DayChanges touch = touch();
        touch.ended(timeframe, DAY + at * MINUTE);
        return touch;
    }

    private static DailyRollup day(Candle... minutes) {
        return DailyRollup.rebuild(touch(minutes), List.of(minutes), null, DAY).day();
    }

    private static DailyRollup.RollupResult after(DailyRollup day, DayChanges touch, int endedBy) {
        return Objects.requireNonNull(day.advance(touch, DAY + endedBy * MINUTE));
    }

    @Test
    void goesOnWithLaterMinutesAndLeavesTheDayBeforeAsItWas() {
        DailyRollup day = day(minute(0, 1), minute(3, 1));
        for (int i = 0; i < 2; i++) {
            List<Candle> longer = after(day, touch(minute(4, 1), minute(5, 2)), 5).longer();
            assertThat(longer).extracting(Candle::timeframe)
                .containsExactly(Timeframe.M5, Timeframe.M5, Timeframe.M15, Timeframe.M30, Timeframe.H1, Timeframe.H4,
                        Timeframe.D1);
            assertThat(longer).extracting((candle) -> candle.volume().intValue()).containsExactly(3, 1, 4, 4, 4, 4, 4);
            assertThat(longer).extracting(Candle::isFinal)
                .containsExactly(true, false, false, false, false, false, false);
        }
    }

    @Test
    void hasNothingToDoForWhatIsFolded() {
        DailyRollup day = after(day(minute(0, 1)), touch(minute(1, 2)), 0).day();

        assertThat(after(day, touch(minute(0, 1), minute(1, 1)), 9))
            .isEqualTo(new DailyRollup.RollupResult(day, List.of(), List.of()));
        assertThat(after(day, touch(minute(1, 2), minute(0, 0)), 9))
            .isEqualTo(new DailyRollup.RollupResult(day, List.of(), List.of()));
    }

    @Test
    void takesTheWholeDayForWhatIsLateOrRevisedOrFormingOrOfAnotherDay() {
        DailyRollup day = day(minute(0, 1), minute(3, 1));

        assertThat(day.advance(touch(minute(2, 1)), DAY)).isNull();
        assertThat(day.advance(touch(minute(3, 2)), DAY)).isNull();
        assertThat(day.advance(touch(minute(4, 0)), DAY)).isNull();
        assertThat(day.advance(touch(minute(4, 1), minute(2, 1)), DAY)).isNull();
        assertThat(day.advance(new DayChanges(BucketGrid.UTC, DAY + Timeframe.D1.millis()), DAY)).isNull();
    }

    /** A forming minute that is said again may have been given by a terminal since. */
    @Test
    void takesTheWholeDayWhereAMinuteThatIsFoldedIsSaidToBeFormingFromTicks() {
        DailyRollup day = day(minute(0, 1), flat(DAY + MINUTE, CandleSource.GIVEN, false));

        assertThat(day.advance(touch(ticking(1)), DAY)).isNull();
        assertThat(day.advance(touch(ticking(2)), DAY)).isNotNull();
    }

    @Test
    void givesOutWhatHasEndedWhereItIsStillOpen() {
        DailyRollup day = day(minute(0, 1), minute(7, 1));

        assertThat(after(day, ended(Timeframe.M5, 5), 10).longer()).first().satisfies((candle) -> {
            assertThat(candle.timeframe()).isEqualTo(Timeframe.M5);
            assertThat(candle.isFinal()).isTrue();
        });
        assertThat(after(day, ended(Timeframe.D1, 0), 1440).longer()).last().satisfies((candle) -> {
            assertThat(candle.timeframe()).isEqualTo(Timeframe.D1);
            assertThat(candle.isFinal()).isTrue();
            assertThat(candle.volume()).isEqualByComparingTo("2");
        });
        assertThat(day.advance(ended(Timeframe.M5, 0), DAY)).isNull();
    }

    @Test
    void isNotFinalWhileAMinuteIsFormingFromTicks() {
        DailyRollup day = after(day(minute(0, 1)), touch(ticking(1)), 0).day();
        DailyRollup.RollupResult next = after(day, touch(minute(2, 1)), 5);

        assertThat(touch(ticking(1)).isLonger()).isFalse();
        assertThat(next.longer()).first().matches((candle) -> !candle.isFinal());
        assertThat(next.day().advance(touch(minute(1, 1)), DAY)).isNull();
        assertThat(after(day, touch(minute(1, 1)), 5).longer()).first().matches(Candle::isFinal);
    }

    @Test
    void givesOutWhatIsBehindTheFirstMinuteThatCameAndThenKnowsIt() {
        List<Candle> minutes = List.of(minute(0, 1), minute(10, 1), minute(20, 1));
        DailyRollup.RollupResult folded = DailyRollup.rebuild(touch(minute(10, 1)), minutes, null, DAY);

        assertThat(folded.longer()).filteredOn((candle) -> candle.timeframe() == Timeframe.M5)
            .extracting(Candle::openTime)
            .containsExactly(DAY + 10 * MINUTE, DAY + 20 * MINUTE);
        assertThat(after(folded.day(), touch(minute(20, 1)), 0).longer()).isEmpty();
        assertThat(folded.day().advance(touch(minute(0, 1)), DAY)).isNull();
        // Known already, so that only what is new comes out of the day read again.
        List<Candle> more = new ArrayList<>(minutes);
        more.add(minute(30, 1));
        assertThat(DailyRollup.rebuild(touch(minute(10, 1)), more, folded.day(), DAY).longer())
            .filteredOn((candle) -> candle.timeframe() == Timeframe.M5)
            .extracting(Candle::openTime)
            .containsExactly(DAY + 10 * MINUTE, DAY + 30 * MINUTE);
    }

    @Test
    void knowsNothingOfADayFromAnotherOne() {
        int next = (int) Timeframe.D1.minutes();
        DayChanges touch = new DayChanges(BucketGrid.UTC, DAY + Timeframe.D1.millis());
        touch.minute(minute(next, 1));

        assertThat(DailyRollup.rebuild(touch, List.of(minute(next, 1), minute(next + 10, 1)), day(minute(10, 1)), DAY)
            .longer()).filteredOn((candle) -> candle.timeframe() == Timeframe.M5).hasSize(2);
    }

    @Test
    void foldsARevisionAgainThatItHasNoRoomFor() {
        DailyRollup day = day(minute(0, 1));
        DailyRollup next = after(day, touch(minute(1, Short.MAX_VALUE + 1)), 0).day();

        assertThat(next.advance(touch(minute(1, Short.MAX_VALUE + 1)), DAY)).isNull();
    }

    @Test
    void readsADayOnceForMinutesThatFollowEachOther() {
        InMemoryRollupStore store = new InMemoryRollupStore();
        TreeMap<Long, Candle> minutes = new TreeMap<>();
        for (int i = 0; i < 2 * 1440; i++) {
            Candle minute = minute(i, 1);
            minutes.put(minute.openTime(), minute);
            store.goingOn(List.of(minute), minutes, minute.closeTime(BucketGrid.UTC));
        }
        assertThat(store.reads()).isEqualTo(2);
    }

}
