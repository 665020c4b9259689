package pregao.contracts.feed;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a feed's clock shows: a zone's wall clock plus a shift. Many brokers run New
 * York's clock seven hours ahead, so that their day ends when New York's session does; no
 * IANA zone covers that.
 *
 * <p>
 * Where the zone's clock was put back, the earlier of the two moments is meant; where it
 * was put forward, a time that never was is read as if it had not been.
 *
 * @param zone whose rules of summer time hold
 * @param shift added to the zone's wall clock; a multiple of 15 minutes, at most 14 hours
 * either way
 */
public record FeedClock(ZoneId zone, Duration shift) {

    private static final Pattern FORM = Pattern.compile("(.+?)(?:([+-])(\\d{2}):([0-5]\\d))?");

    private static final Duration MAX_DURATION = Duration.ofHours(14);

    private static final int QUARTER_OF_AN_HOUR = 900;

    // Behind the others, which its constructor reads.
    /** The clock of a feed that says nothing else. */
    public static final FeedClock UTC = new FeedClock(ZoneOffset.UTC, Duration.ZERO);

    public FeedClock {
        // UTC+03:00 is a zone of its own and a shift of UTC: keep one form of it.
        if (zone.normalized() instanceof ZoneOffset offset) {
            zone = ZoneOffset.UTC;
            shift = shift.plusSeconds(offset.getTotalSeconds());
        }
        if (shift.abs().compareTo(MAX_DURATION) > 0 || shift.toSeconds() % QUARTER_OF_AN_HOUR != 0) {
            throw new IllegalArgumentException(
                    "a clock's shift is a multiple of 15 minutes within 14 hours, not " + shift);
        }
    }

    /**
     * Reads a clock.
     * @param text a zone, or a zone plus shift: {@code UTC}, {@code UTC+03:00},
     * {@code Europe/Athens}, {@code America/New_York+07:00}
     * @return the clock
     * @throws IllegalArgumentException for any other text
     */
    public static FeedClock parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw unreadable(text, null);
        }
        try {
            ZoneId zone = ZoneId.of(matcher.group(1));
            if (matcher.group(2) == null) {
                return new FeedClock(zone, Duration.ZERO);
            }
            Duration shift = Duration.ofHours(Long.parseLong(matcher.group(3)))
                .plusMinutes(Long.parseLong(matcher.group(4)));
            return new FeedClock(zone, "-".equals(matcher.group(2)) ? shift.negated() : shift);
        }
        catch (DateTimeException ex) {
            throw unreadable(text, ex);
        }
    }

    private static IllegalArgumentException unreadable(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "clock '%s' is not a zone, or a zone plus shift such as America/New_York+07:00".formatted(text), cause);
    }

    /**
     * Whether it always shows UTC.
     * @return true if {@link #toUtc} changes nothing
     */
    public boolean isUtc() {
        return this.shift.isZero() && this.zone.equals(ZoneOffset.UTC);
    }

    /**
     * The moment at which this clock shows a wall time.
     * @param wallMillis the wall time as if it were UTC, epoch milliseconds
     * @return epoch milliseconds, UTC
     */
    public long toUtc(long wallMillis) {
        long local = wallMillis - this.shift.toMillis();
        if (this.zone.equals(ZoneOffset.UTC)) {
            return local;
        }
        return ZonedDateTime.ofLocal(wall(local), this.zone, null).toInstant().toEpochMilli();
    }

    /**
     * The moments at which this clock shows a wall time.
     * @param wallMillis the wall time as if it were UTC, epoch milliseconds
     * @return one moment; none where the clock skips the time; two where it shows it
     * twice, the earlier first
     */
    public long[] moments(long wallMillis) {
        long local = wallMillis - this.shift.toMillis();
        if (this.zone.equals(ZoneOffset.UTC)) {
            return new long[] { local };
        }
        return this.zone.getRules()
            .getValidOffsets(wall(local))
            .stream()
            .mapToLong((offset) -> local - offset.getTotalSeconds() * 1000L)
            .sorted()
            .toArray();
    }

    /**
     * How far ahead of UTC this clock is.
     * @param utcMillis a moment, epoch milliseconds
     * @return seconds, negative where it is behind
     */
    public int offsetSeconds(long utcMillis) {
        int zoneOffset = this.zone.getRules().getOffset(Instant.ofEpochMilli(utcMillis)).getTotalSeconds();
        return zoneOffset + (int) this.shift.toSeconds();
    }

    private static LocalDateTime wall(long millis) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000,
                ZoneOffset.UTC);
    }

    /**
     * The form that {@link #parse} reads.
     * @return such as {@code America/New_York+07:00}
     */
    public String text() {
        String name = this.zone.equals(ZoneOffset.UTC) ? "UTC" : this.zone.getId();
        if (this.shift.isZero()) {
            return name;
        }
        Duration size = this.shift.abs();
        return "%s%s%02d:%02d".formatted(name, this.shift.isNegative() ? "-" : "+", size.toHours(),
                size.toMinutesPart());
    }

}
