package pregao.session.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Calendar;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.http.problem.Fields;

/**
 * The settings that somebody wants for a feed; what is not said is as usual.
 *
 * @param name its name; where the path has it, that one counts
 * @param priceBasis {@code mid}, {@code bid} or {@code last}
 * @param clock such as {@code America/New_York+07:00}
 * @param dayZone whose midnight starts the day, in the same form
 * @param closeAfterMs up to a minute
 * @param calendar {@code auto}, {@code always} or {@code fx}
 * @param eventTime for replays
 */
record FeedWish(@Nullable String name, @Nullable String priceBasis, @Nullable String clock, @Nullable String dayZone,
        @Nullable Long closeAfterMs, @Nullable String calendar, @Nullable Boolean eventTime) {

    private static final long LONGEST_WAIT = 60_000;

    private static final String ZONE = "a zone, or a zone plus shift such as America/New_York+07:00";

    Feed toFeed(@Nullable String called) {
        Fields fields = new Fields();
        fields.require(called != null && called.matches(Instrument.FEED_PATTERN), "name", Instrument.FEED_PATTERN);
        Optional<PriceBasis> basis = one(PriceBasis.values(), this.priceBasis, PriceBasis.MID);
        fields.require(basis.isPresent(), "price_basis", "mid, bid, last");
        Optional<Calendar> days = one(Calendar.values(), this.calendar, Calendar.AUTO);
        fields.require(days.isPresent(), "calendar", "auto, always, fx");
        Optional<FeedClock> shown = zone(this.clock);
        fields.require(shown.isPresent(), "clock", ZONE);
        Optional<FeedClock> midnight = zone(this.dayZone);
        fields.require(midnight.isPresent(), "day_zone", ZONE);
        long wait = Objects.requireNonNullElse(this.closeAfterMs, Feed.CLOSE_AFTER.toMillis());
        fields.require(wait >= 0 && wait <= LONGEST_WAIT, "close_after_ms", "0 to " + LONGEST_WAIT);
        fields.check();
        return new Feed(String.valueOf(called), basis.orElseThrow(), shown.orElseThrow(), midnight.orElseThrow(),
                Duration.ofMillis(wait), days.orElseThrow(), Boolean.TRUE.equals(this.eventTime));
    }

    private static Optional<FeedClock> zone(@Nullable String text) {
        try {
            return Optional.of((text != null) ? FeedClock.parse(text) : FeedClock.UTC);
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Optional<E> one(E[] values, @Nullable String text, E usual) {
        return (text == null) ? Optional.of(usual)
                : Arrays.stream(values).filter((each) -> each.name().toLowerCase(Locale.ROOT).equals(text)).findFirst();
    }

}
