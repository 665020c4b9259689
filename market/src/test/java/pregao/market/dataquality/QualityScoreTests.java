package pregao.market.dataquality;

import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QualityMetrics} and the {@link QualityScore} they give.
 */
class QualityScoreTests {

    private static final Coverage WHOLE = new Coverage(1000, 1000, 0, 0, List.of(), 0);

    @Test
    void isHundredWhereNothingIsWrong() {
        QualityScore score = measures(WHOLE, 0, 0, 0, 50, 0).score();
        assertThat(score.points()).isEqualTo(100);
        assertThat(score.parts()).extracting((part) -> part.aspect().text())
            .containsExactly("completeness", "freshness", "conflicts", "crossed", "quarantined");
    }

    @Test
    void weighsItsParts() {
        Coverage coverage = new Coverage(1000, 500, 0, 0, List.of(new TimeRange(0, 500 * 60_000)), 500);
        QualityScore score = measures(coverage, 0, 0, 0, 1000, 5).score();
        assertThat(score.parts()).extracting(ComponentScore::points).containsExactly(50, 100, 100, 50, 100);
        assertThat(score.points()).isEqualTo(70);
        assertThat(score.parts().getFirst().reason()).isEqualTo("500 of 1000 expected candles are missing in gaps");
    }

    @Test
    void doesNotBlameQuietMinutes() {
        Coverage quiet = new Coverage(1000, 900, 100, 0, List.of(), 0);
        assertThat(measures(quiet, 0, 0, 0, 0, 0).score().points()).isEqualTo(100);
    }

    @Test
    void leavesOutWhatCannotBeMeasured() {
        QualityMetrics unknown = new QualityMetrics(Timeframe.M1, new Coverage(0, 0, 0, 0, List.of(), 0), 31 * 60_000,
                OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 0, 0);
        assertThat(unknown.score().parts()).extracting(ComponentScore::aspect)
            .containsExactly(ScoreComponent.FRESHNESS);
        assertThat(unknown.score().points()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({ "0, 100", "179, 100", "180, 98", "1860, 50", "3600, 0", "86400, 0" })
    void countsTheCandlesThatTheLastOneIsBehind(long seconds, int points) {
        assertThat(measures(WHOLE, seconds * 1000, 0, 0, 0, 0).score().parts().get(1).points()).isEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource({ "1, 90", "5, 50", "10, 0", "500, 0" })
    void takesOneConflictInAHundredForWorthless(long conflicts, int points) {
        assertThat(measures(WHOLE, 0, conflicts, 0, 0, 0).score().parts().get(2).points()).isEqualTo(points);
    }

    @Test
    void isHundredOnlyWithoutFault() {
        Coverage almost = new Coverage(500_000, 499_995, 0, 0, List.of(new TimeRange(0, 5 * 60_000)), 5);
        assertThat(measures(almost, 0, 0, 0, 0, 0).score().points()).isEqualTo(99);
    }

    @ParameterizedTest
    @CsvSource({ "0, 100, 100", "10, 80, 98", "25, 50, 95", "50, 0, 90", "1000, 0, 90" })
    void takesOneSnapshotInTwentyForWorthlessAndNamesTheSetting(long snapshots, int points, int all) {
        QualityScore score = new QualityMetrics(Timeframe.M1, WHOLE, 0, OptionalLong.of(0), OptionalLong.of(snapshots),
                OptionalLong.of(0), 0, 0)
            .score();
        ComponentScore part = score.parts()
            .stream()
            .filter((one) -> one.aspect() == ScoreComponent.SNAPSHOTS)
            .findFirst()
            .orElseThrow();
        assertThat(part.points()).isEqualTo(points);
        assertThat(part.reason()).startsWith(snapshots + " of ").contains("Use_Previous_Closed_Bar=true");
        assertThat(score.points()).isEqualTo(all);
    }

    private static QualityMetrics measures(Coverage coverage, long behind, long conflicts, long quarantined, long ticks,
            long crossed) {
        return new QualityMetrics(Timeframe.M1, coverage, behind, OptionalLong.of(conflicts), OptionalLong.empty(),
                OptionalLong.of(quarantined), ticks, crossed);
    }

}
