package pregao.market.dataquality;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import pregao.contracts.Timeframe;

/**
 * What is measured of one instrument, and the score that follows.
 *
 * @param timeframe of its candles
 * @param coverage what is there
 * @param behindMillis how much open market has passed since its last candle ended
 * @param conflicts how many final candles came again with other values; empty where that
 * is not known
 * @param snapshots how many final candles were seen only before their end; empty where
 * that is not known
 * @param quarantined how many candles are held in quarantine; empty where that is not
 * known
 * @param ticks how many ticks were looked at
 * @param crossed how many of them have the ask below the bid
 */
public record QualityMetrics(Timeframe timeframe, Coverage coverage, long behindMillis, OptionalLong conflicts,
        OptionalLong snapshots, OptionalLong quarantined, long ticks, long crossed) {

    /** The last candle, and the one that forms, are under way: nobody is late. */
    private static final long NOT_LATE = 2;

    private static final long WORTHLESS = 60;

    private static final String SNAPSHOT_ADVICE = "set Use_Previous_Closed_Bar=true in DataCollectorPRO, or send ticks";

    /**
     * The score.
     * @return with a part for each measure there is
     */
    public QualityScore score() {
        List<ComponentScore> parts = new ArrayList<>();
        if (this.coverage.expected() > 0) {
            parts.add(ComponentScore.share(ScoreComponent.COMPLETENESS, this.coverage.inGaps(),
                    this.coverage.expected(), "expected candles are missing in gaps"));
        }
        parts.add(freshness());
        long candles = this.coverage.present() + this.coverage.outside();
        if (candles > 0) {
            this.conflicts.ifPresent((count) -> parts.add(ComponentScore.share(ScoreComponent.CONFLICTS, count, candles,
                    "final candles came again with other values")));
            this.snapshots.ifPresent((count) -> parts.add(ComponentScore.share(ScoreComponent.SNAPSHOTS, count, candles,
                    "final candles were seen only before their end; " + SNAPSHOT_ADVICE)));
        }
        if (this.ticks > 0) {
            parts.add(ComponentScore.share(ScoreComponent.CROSSED, this.crossed, this.ticks,
                    "quotes have the ask below the bid"));
        }
        this.quarantined.ifPresent((count) -> {
            if (candles + count > 0) {
                parts.add(ComponentScore.share(ScoreComponent.QUARANTINED, count, candles + count,
                        "candles are held in quarantine"));
            }
        });
        return QualityScore.of(parts);
    }

    private ComponentScore freshness() {
        long behind = this.behindMillis / this.timeframe.millis();
        int points = ScoreComponent.FRESHNESS.points(Math.max(0, behind - NOT_LATE), WORTHLESS - NOT_LATE);
        return new ComponentScore(ScoreComponent.FRESHNESS, points,
                "%d candles of open market since the last one; up to %d is fresh".formatted(behind, NOT_LATE));
    }

}
