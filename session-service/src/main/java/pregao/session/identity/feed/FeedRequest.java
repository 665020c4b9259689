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
 * Request with the settings of a feed.
 *
 * @param name the feed name; only for a new feed
 * @param priceBasis {@code mid}, {@code bid} or {@code last}
 * @param clock the time zone of the feed's timestamps, such as {@code
 * America/New_York+07:00}
 * @param dayZone the time zone whose midnight starts the day, in the same form
 * @param closeAfterMs the delay in milliseconds after the end of a minute before its
 * candle is closed, up to 60,000
 * @param calendar {@code auto}, {@code always} or {@code fx}
 * @param eventTime whether candles close by the times of later ticks instead of the
 * clock, for replays
 * @param confirmCandleChange true if the values of stored candles may change
 */
record FeedRequest(@Nullable String name, @Nullable String priceBasis, @Nullable String clock, @Nullable String dayZone,
        @Nullable Long closeAfterMs, @Nullable String calendar, @Nullable Boolean eventTime,
        @Nullable Boolean confirmCandleChange) {

    private static final long MAX_CLOSE_AFTER_MILLIS = 60_000;

    private static final String EXPECTED_ZONE = "a zone, or a zone plus shift such as America/New_York+07:00";

    private static final String EXPECTED_BASIS = "mid, bid, last";

    private static final String EXPECTED_CALENDAR = "auto, always, fx";

    private static final String EXPECTED_CLOSE_AFTER = "0 to " + MAX_CLOSE_AFTER_MILLIS;

    private static final String EXPECTED_BOOLEAN = "true or false";

    /**
     * Returns a new feed. A missing setting has its default value.
     */
    Feed toFeed() {
        FieldValidator validator = new FieldValidator();
        if (this.name != null && this.name.matches(Instrument.FEED_PATTERN)) {
            return applyTo(Feed.named(this.name), validator);
        }
        validator.require(false, "name", Instrument.FEED_PATTERN);
        return applyTo(Feed.named("unnamed"), validator);
    }

    /**
     * Returns a feed with all settings replaced. A missing setting is an error.
     */
    Feed replaceSettings(Feed feed) {
        FieldValidator validator = new FieldValidator();
        validator.require(this.priceBasis != null, "price_basis", EXPECTED_BASIS);
        validator.require(this.clock != null, "clock", EXPECTED_ZONE);
        validator.require(this.dayZone != null, "day_zone", EXPECTED_ZONE);
        validator.require(this.closeAfterMs != null, "close_after_ms", EXPECTED_CLOSE_AFTER);
        validator.require(this.calendar != null, "calendar", EXPECTED_CALENDAR);
        validator.require(this.eventTime != null, "event_time", EXPECTED_BOOLEAN);
        return applyTo(feed, validator);
    }

    /**
     * Returns a feed with some settings changed. A missing setting keeps its value.
     */
    Feed mergeSettings(Feed feed) {
        return applyTo(feed, new FieldValidator());
    }

    boolean isConfirmed() {
        return Boolean.TRUE.equals(this.confirmCandleChange);
    }

    private Feed applyTo(Feed feed, FieldValidator validator) {
        Optional<PriceBasis> basis = parseEnum(PriceBasis.values(), this.priceBasis, feed.basis());
        validator.require(basis.isPresent(), "price_basis", EXPECTED_BASIS);
        Optional<TradingCalendar> tradingCalendar = parseEnum(TradingCalendar.values(), this.calendar, feed.calendar());
        validator.require(tradingCalendar.isPresent(), "calendar", EXPECTED_CALENDAR);
        Optional<FeedClock> feedClock = parseZone(this.clock, feed.clock());
        validator.require(feedClock.isPresent(), "clock", EXPECTED_ZONE);
        Optional<FeedClock> midnightZone = parseZone(this.dayZone, feed.dayZone());
        validator.require(midnightZone.isPresent(), "day_zone", EXPECTED_ZONE);
        long closeAfterMillis = (this.closeAfterMs != null) ? this.closeAfterMs : feed.closeAfter().toMillis();
        validator.require(closeAfterMillis >= 0 && closeAfterMillis <= MAX_CLOSE_AFTER_MILLIS, "close_after_ms",
                EXPECTED_CLOSE_AFTER);
        validator.check();
        return new Feed(feed.name(), basis.orElseThrow(), feedClock.orElseThrow(), midnightZone.orElseThrow(),
                Duration.ofMillis(closeAfterMillis), tradingCalendar.orElseThrow(),
                (this.eventTime != null) ? this.eventTime : feed.eventTime());
    }

    private static Optional<FeedClock> parseZone(@Nullable String text, FeedClock current) {
        try {
            return Optional.of((text != null) ? FeedClock.parse(text) : current);
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Optional<E> parseEnum(E[] values, @Nullable String text, E current) {
        return (text == null) ? Optional.of(current)
                : Arrays.stream(values)
                    .filter((value) -> value.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst();
    }

}
