package pregao.ingest.cursor;

import java.time.Instant;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import pregao.contracts.feed.FeedClock;
import pregao.ingest.parser.TimestampResolver;

/**
 * The clock by which a sender's posts are read, for times that are sent to it: with their
 * offset, so that they mean the same when they come back.
 *
 * @param clock of the feed
 * @param header what {@code X-UTC-Offset} says, in seconds, or null without it
 */
record ResumeTimeZone(FeedClock clock, @Nullable Integer header) {

    /**
     * A moment as the sender's clock shows it.
     * @param instant a moment
     * @return such as {@code 2025-10-20T06:00:00+03:00}, and with {@code Z} where posts
     * are in UTC
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
