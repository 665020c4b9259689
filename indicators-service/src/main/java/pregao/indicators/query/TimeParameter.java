package pregao.indicators.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses the formats of a time in a request.
 */
final class TimeParameter {

    static final String EXPECTED = "a time with offset, such as 2025-10-20T03:00:00Z, or epoch seconds or milliseconds";

    private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");

    /**
     * Numbers from here on are milliseconds: as seconds, this would be the year 5138.
     */
    private static final long MIN_MILLIS = 100_000_000_000L;

    private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private TimeParameter() {
    }

    static Optional<Instant> of(String text) {
        if (DIGITS.matcher(text).matches()) {
            long number = Long.parseLong(text);
            return inRange((number < MIN_MILLIS) ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
        }
        try {
            // An unescaped plus sign arrives as a space.
            return inRange(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
        }
        catch (DateTimeException ex) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> inRange(Instant time) {
        return Optional.of(time).filter((candidate) -> !candidate.isBefore(MIN_TIME) && !candidate.isAfter(MAX_TIME));
    }

}
