package pregao.indicators.coverage;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The data quality of one series, as the API returns it.
 *
 * @param feed the feed
 * @param symbol the symbol
 * @param firstTs the open time of the first stored candle
 * @param lastTs the open time of the last stored candle
 * @param from the start of the period
 * @param to the end of the period
 * @param expected the number of candles that the open market could have produced since
 * the first one
 * @param present the number of those that exist
 * @param missing the number of those that do not
 * @param quiet the number of missing candles in periods too short to be gaps
 * @param outside the number of candles while the market is closed
 * @param gaps the gaps
 * @param freshness how late the last candle is
 * @param conflicts the number of final candles that arrived again with other values; null
 * if unknown
 * @param snapshots the number of final candles that were seen only before their end; null
 * if unknown
 * @param quarantine the quarantined candles; null if unknown
 * @param heldTicks the number of ticks in quarantine; null if unknown
 * @param rejected the rejected items of the whole feed by reason, the most frequent
 * first; null if unknown
 * @param ticks the statistics of the ticks; null if there are none
 * @param score the quality score
 * @param clock the time zones of the feed, as configured and as suggested by the data
 */
record CoverageResponse(String feed, String symbol, @JsonProperty("first_ts") Instant firstTs,
        @JsonProperty("last_ts") Instant lastTs, Instant from, Instant to, long expected, long present, long missing,
        long quiet, long outside, Gaps gaps, Freshness freshness, @Nullable Long conflicts, @Nullable Long snapshots,
        @Nullable Quarantine quarantine, @JsonProperty("held_ticks") @Nullable Long heldTicks,
        @Nullable List<Rejected> rejected, @Nullable Ticks ticks, QualityScore score, Clock clock) {

    /**
     * The gaps of the series.
     *
     * @param count the number of gaps
     * @param missing the number of missing candles in them
     * @param largest the largest gaps, largest first
     */
    record Gaps(int count, long missing, List<Gap> largest) {

        Gaps {
            largest = List.copyOf(largest);
        }

    }

    /**
     * A gap.
     *
     * @param from the first missing open time
     * @param to the end of the gap
     * @param missing the number of missing candles
     */
    record Gap(Instant from, Instant to, long missing) {
    }

    /**
     * How late the last candle is, in the time of the feed.
     *
     * @param ageSeconds the seconds since its end
     * @param behindSeconds the seconds since its end while the market was open
     * @param marketOpen whether the market is open now
     */
    record Freshness(@JsonProperty("age_seconds") long ageSeconds, @JsonProperty("behind_seconds") long behindSeconds,
            @JsonProperty("market_open") boolean marketOpen) {
    }

    /**
     * The candles in quarantine.
     *
     * @param held the number of held candles
     * @param released the number of released candles
     */
    record Quarantine(long held, long released) {
    }

    /**
     * Items that were rejected for the same reason.
     *
     * @param item {@code candle} or {@code tick}
     * @param field the invalid field
     * @param reason the class of the reason
     * @param count the number of items
     * @param symbol the symbol of the last item; null if it had none
     * @param example the reason of the last item, as its sender got it
     * @param lastAt when the last item arrived
     * @param advice the setting of the EA or of the feed to change; null if none helps
     */
    record Rejected(@Schema(example = "candle") String item, @Schema(example = "ts") String field,
            @Schema(example = "future") String reason, long count, @Nullable String symbol, String example,
            @JsonProperty("last_at") Instant lastAt, @Nullable String advice) {
    }

    /**
     * The statistics of the newest ticks.
     *
     * @param since the first minute of the sample
     * @param count the number of ticks
     * @param crossed the number of ticks whose ask is below the bid
     * @param coarse whether all ticks have whole seconds, so that order and duplicates
     * within a second depend on the sender; null if unknown
     */
    record Ticks(Instant since, long count, long crossed, @Nullable Boolean coarse) {
    }

    /**
     * The quality score with its parts.
     *
     * @param points 0 to 100
     * @param parts the parts that could be measured
     */
    record QualityScore(int points, List<QualityScorePart> parts) {

        QualityScore {
            parts = List.copyOf(parts);
        }

    }

    /**
     * A part of the score.
     *
     * @param name the measured aspect
     * @param points 0 to 100
     * @param weight the weight of the part
     * @param reason the explanation of the points
     */
    record QualityScorePart(@Schema(example = "completeness") String name, int points, int weight, String reason) {
    }

    /**
     * The time zones and the calendar of the feed.
     *
     * @param configured the configured time zone of timestamps
     * @param dayZone the configured zone whose midnight starts the day
     * @param calendar the configured calendar
     * @param assumed the opening hours that the calendar {@code auto} assumes; null for
     * other calendars
     * @param assumedBecause the reason for the assumption; null for other calendars
     * @param candlesChangedAt when {@code price_basis} or {@code day_zone} last changed,
     * so that candles before and after may not be comparable; null if never
     * @param suggested the time zones that the data suggests; empty if the settings fit
     * or the data suggests none
     * @param evidence the reason for the suggestion; null if there is none
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
