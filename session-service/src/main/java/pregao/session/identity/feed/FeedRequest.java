package pregao.session.identity.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.webapi.problem.FieldValidator;

/**
 * The settings of a feed in a request.
 *
 * @param name its name; only for a new feed
 * @param priceBasis {@code mid}, {@code bid} or {@code last}
 * @param clock such as {@code America/New_York+07:00}
 * @param dayZone whose midnight starts the day, in the same form
 * @param closeAfterMs up to a minute
 * @param calendar {@code auto}, {@code always} or {@code fx}
 * @param eventTime for replays
 * @param confirmCandleChange true if candles that are stored may get other values
 */
record FeedRequest(@Nullable String name, @Nullable String priceBasis, @Nullable String clock, @Nullable String dayZone,
        @Nullable Long closeAfterMs, @Nullable String calendar, @Nullable Boolean eventTime,
        @Nullable Boolean confirmCandleChange) {

    private static final long LONGEST_WAIT = 60_000;

    private static final String ZONE = "a zone, or a zone plus shift such as America/New_York+07:00";

    private static final String BASES = "mid, bid, last";

    private static final String CALENDARS = "auto, always, fx";

    private static final String WAITS = "0 to " + LONGEST_WAIT;

    private static final String SWITCH = "true or false";

    /**
     * Returns a new feed: a setting that is missing has its default.
     */
    Feed toFeed() {
        FieldValidator fields = new FieldValidator();
        if (this.name != null && this.name.matches(Instrument.FEED_PATTERN)) {
            return merged(Feed.named(this.name), fields);
        }
        fields.require(false, "name", Instrument.FEED_PATTERN);
        return merged(Feed.named("unnamed"), fields);
    }

    /**
     * Returns a feed whose settings are all replaced: a setting that is missing is an
     * error.
     */
    Feed replace(Feed feed) {
        FieldValidator fields = new FieldValidator();
        fields.require(this.priceBasis != null, "price_basis", BASES);
        fields.require(this.clock != null, "clock", ZONE);
        fields.require(this.dayZone != null, "day_zone", ZONE);
        fields.require(this.closeAfterMs != null, "close_after_ms", WAITS);
        fields.require(this.calendar != null, "calendar", CALENDARS);
        fields.require(this.eventTime != null, "event_time", SWITCH);
        return merged(feed, fields);
    }

    /**
     * Returns a feed with some settings changed: a setting that is missing stays.
     */
    Feed merge(Feed feed) {
        return merged(feed, new FieldValidator());
    }

    boolean isConfirmed() {
        return Boolean.TRUE.equals(this.confirmCandleChange);
    }

    private Feed merged(Feed feed, FieldValidator fields) {
        Optional<PriceBasis> basis = one(PriceBasis.values(), this.priceBasis, feed.basis());
        fields.require(basis.isPresent(), "price_basis", BASES);
        Optional<TradingCalendar> days = one(TradingCalendar.values(), this.calendar, feed.calendar());
        fields.require(days.isPresent(), "calendar", CALENDARS);
        Optional<FeedClock> shown = zone(this.clock, feed.clock());
        fields.require(shown.isPresent(), "clock", ZONE);
        Optional<FeedClock> midnight = zone(this.dayZone, feed.dayZone());
        fields.require(midnight.isPresent(), "day_zone", ZONE);
        long wait = (this.closeAfterMs != null) ? this.closeAfterMs : feed.closeAfter().toMillis();
        fields.require(wait >= 0 && wait <= LONGEST_WAIT, "close_after_ms", WAITS);
        fields.check();
        return new Feed(feed.name(), basis.orElseThrow(), shown.orElseThrow(), midnight.orElseThrow(),
                Duration.ofMillis(wait), days.orElseThrow(),
                (this.eventTime != null) ? this.eventTime : feed.eventTime());
    }

    private static Optional<FeedClock> zone(@Nullable String text, FeedClock feedClock) {
        try {
            return Optional.of((text != null) ? FeedClock.parse(text) : feedClock);
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Optional<E> one(E[] values, @Nullable String text, E known) {
        return (text == null) ? Optional.of(known)
                : Arrays.stream(values).filter((each) -> each.name().toLowerCase(Locale.ROOT).equals(text)).findFirst();
    }

}
