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
 * @param closeAfterMs up to a minute
 * @param calendar {@code always} or {@code fx}
 * @param eventTime for replays
 */
record FeedWish(@Nullable String name, @Nullable String priceBasis, @Nullable String clock, @Nullable Long closeAfterMs,
        @Nullable String calendar, @Nullable Boolean eventTime) {

    private static final long LONGEST_WAIT = 60_000;

    Feed toFeed(@Nullable String called) {
        Fields fields = new Fields();
        fields.require(called != null && called.matches(Instrument.FEED_PATTERN), "name", Instrument.FEED_PATTERN);
        Optional<PriceBasis> basis = one(PriceBasis.values(), this.priceBasis, PriceBasis.MID);
        fields.require(basis.isPresent(), "price_basis", "mid, bid, last");
        Optional<Calendar> days = one(Calendar.values(), this.calendar, Calendar.ALWAYS);
        fields.require(days.isPresent(), "calendar", "always, fx");
        Optional<FeedClock> shown = shown();
        fields.require(shown.isPresent(), "clock", "a zone, or a zone plus shift such as America/New_York+07:00");
        long wait = Objects.requireNonNullElse(this.closeAfterMs, Feed.CLOSE_AFTER.toMillis());
        fields.require(wait >= 0 && wait <= LONGEST_WAIT, "close_after_ms", "0 to " + LONGEST_WAIT);
        fields.check();
        return new Feed(String.valueOf(called), basis.orElseThrow(), shown.orElseThrow(), Duration.ofMillis(wait),
                days.orElseThrow(), Boolean.TRUE.equals(this.eventTime));
    }

    private Optional<FeedClock> shown() {
        try {
            return Optional.of((this.clock != null) ? FeedClock.parse(this.clock) : FeedClock.UTC);
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
