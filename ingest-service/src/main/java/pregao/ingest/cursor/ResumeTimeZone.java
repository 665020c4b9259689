package pregao.ingest.cursor;

import java.time.Instant;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import pregao.contracts.feed.FeedClock;
import pregao.ingest.parser.TimestampResolver;

/**
 * Time zone of the timestamps in responses to a sender. It is the time zone in which the
 * sender's requests are read, and timestamps carry its offset, so they keep their meaning
 * if the sender returns them.
 *
 * @param clock the time zone of the feed
 * @param header the value of {@code X-UTC-Offset} in seconds, or null if the header is
 * missing
 */
record ResumeTimeZone(FeedClock clock, @Nullable Integer header) {

    /**
     * Formats a time in this time zone.
     * @param instant the time
     * @return the time with its offset, such as {@code 2025-10-20T06:00:00+03:00}, or
     * with {@code Z} if requests are in UTC
     */
    String format(Instant instant) {
        if (this.header == null && this.clock.isUtc()) {
            return instant.toString();
        }
        int offset = (this.header != null) ? this.header : this.clock.offsetSeconds(instant.toEpochMilli());
        String localTime = instant.plusSeconds(offset).atOffset(ZoneOffset.UTC).toInstant().toString();
        return localTime.substring(0, localTime.length() - 1) + TimestampResolver.formatOffset(offset);
    }

}
