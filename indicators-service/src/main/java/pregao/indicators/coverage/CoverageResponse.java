package pregao.indicators.coverage;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How good the candles of one instrument are, as readers get it.
 *
 * @param feed its feed
 * @param symbol its symbol
 * @param firstTs the open time of its first candle ever
 * @param lastTs the open time of its last candle
 * @param from where the time looked at begins
 * @param to where it ends
 * @param expected how many candles the open market could have made since the first one
 * @param present how many of them are there
 * @param missing how many are not
 * @param quiet how many of these in stretches too short to be a gap
 * @param outside how many candles there are while the market is closed
 * @param gaps where candles are missing
 * @param freshness how late the last candle is
 * @param conflicts how many final candles came again with other values; null where
 * unknown
 * @param snapshots how many final candles were seen only before their end; null where
 * unknown
 * @param quarantine what is held back; null where unknown
 * @param heldTicks how many ticks are in quarantine; null where unknown
 * @param rejected what was rejected of the whole feed, by reason, most first; null where
 * unknown
 * @param ticks what its ticks tell; null where there are none
 * @param score one number for all of it
 * @param clock what the feed's clock is, and what it should be
 */
record CoverageResponse(String feed, String symbol, @JsonProperty("first_ts") Instant firstTs,
        @JsonProperty("last_ts") Instant lastTs, Instant from, Instant to, long expected, long present, long missing,
        long quiet, long outside, Gaps gaps, Freshness freshness, @Nullable Long conflicts, @Nullable Long snapshots,
        @Nullable Quarantine quarantine, @JsonProperty("held_ticks") @Nullable Long heldTicks,
        @Nullable List<Rejected> rejected, @Nullable Ticks ticks, QualityScore score, Clock clock) {

    /**
     * Where candles are missing.
     *
     * @param count how many gaps
     * @param missing how many candles are missing in them
     * @param largest the largest, largest first
     */
    record Gaps(int count, long missing, List<Gap> largest) {

        Gaps {
            largest = List.copyOf(largest);
        }

    }

    /**
     * One gap.
     *
     * @param from the first open time that is missing
     * @param to the end
     * @param missing how many candles
     */
    record Gap(Instant from, Instant to, long missing) {
    }

    /**
     * How late the last candle is, in the feed's own time.
     *
     * @param ageSeconds since its end
     * @param behindSeconds of these while the market was open
     * @param marketOpen whether the market is open now
     */
    record Freshness(@JsonProperty("age_seconds") long ageSeconds, @JsonProperty("behind_seconds") long behindSeconds,
            @JsonProperty("market_open") boolean marketOpen) {
    }

    /**
     * Candles that were not believed.
     *
     * @param held how many are held
     * @param released how many were released
     */
    record Quarantine(long held, long released) {
    }

    /**
     * Items that were rejected for the same reason.
     *
     * @param item {@code candle} or {@code tick}
     * @param field which field is wrong
     * @param reason the class of the reason
     * @param count how many
     * @param symbol of the last one; null where it had none
     * @param example the reason of the last one, as the sender got it
     * @param lastAt when the last one came
     * @param advice the setting of the EA or of the feed to change; null where none helps
     */
    record Rejected(@Schema(example = "candle") String item, @Schema(example = "ts") String field,
            @Schema(example = "future") String reason, long count, @Nullable String symbol, String example,
            @JsonProperty("last_at") Instant lastAt, @Nullable String advice) {
    }

    /**
     * What the newest ticks tell.
     *
     * @param since the first minute that was looked at
     * @param count how many ticks
     * @param crossed how many have the ask below the bid
     * @param coarse whether all have whole seconds, so that order and repeats within a
     * second are the sender's; null where unknown
     */
    record Ticks(Instant since, long count, long crossed, @Nullable Boolean coarse) {
    }

    /**
     * The score with what it is made of.
     *
     * @param points 0 to 100
     * @param parts what could be measured
     */
    record QualityScore(int points, List<QualityScorePart> parts) {

        QualityScore {
            parts = List.copyOf(parts);
        }

    }

    /**
     * A part of the score.
     *
     * @param name what it is about
     * @param points 0 to 100
     * @param weight how much it counts
     * @param reason why
     */
    record QualityScorePart(@Schema(example = "completeness") String name, int points, int weight, String reason) {
    }

    /**
     * The feed's clock.
     *
     * @param configured as in the settings
     * @param dayZone whose midnight starts the day, as in the settings
     * @param calendar as in the settings
     * @param assumed what the calendar {@code auto} takes for open; null for the others
     * @param assumedBecause why; null for the others
     * @param candlesChangedAt when {@code price_basis} or {@code day_zone} last changed:
     * candles before and after may not be comparable; null if never
     * @param suggested clocks that the data speaks for; empty where the settings fit, or
     * nothing speaks
     * @param evidence why; null where nothing speaks
     */
    record Clock(@Schema(example = "UTC") String configured,
            @JsonProperty("day_zone") @Schema(example = "America/New_York+07:00") String dayZone,
            @Schema(example = "auto") String calendar,
            @JsonProperty("calendar_assumed") @Schema(example = "closed_weekends") @Nullable String assumed,
            @JsonProperty("calendar_reason") @Nullable String assumedBecause,
            @JsonProperty("candles_changed_at") @Nullable Instant candlesChangedAt,
            @Schema(example = "[\"UTC+03:00\",\"America/New_York+07:00\"]") List<String> suggested,
            @Nullable String evidence) {

        Clock {
            suggested = List.copyOf(suggested);
        }

    }

}
