package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

/**
 * The moment that an item's time means.
 */
final class ItemTimestamp {

    private ItemTimestamp() {
    }

    /**
     * The moment on a clock that changes with the seasons.
     * @param resolver of the request
     * @param parsedTime the time as read
     * @param timeSeries of the item's series
     * @return epoch milliseconds, or {@link TimeOrder#UNKNOWN}
     */
    static long resolve(TimestampResolver resolver, TimestampParser parsedTime, TimeOrder.Series timeSeries) {
        long utc = parsedTime.wallMillis() - resolver.offsetMillis(parsedTime);
        return switch (resolver.occurrence(parsedTime)) {
            case NEVER -> TimeOrder.UNKNOWN;
            case TWICE -> timeSeries.choose(utc, parsedTime.wallMillis() - resolver.laterOffsetMillis(parsedTime));
            case ONCE -> {
                timeSeries.addKnown(utc);
                yield utc;
            }
        };
    }

    /**
     * What is wrong with the moment.
     * @param resolver of the request
     * @param parsedTime the time as read
     * @param utc epoch milliseconds, or {@link TimeOrder#UNKNOWN}
     * @param field where it came from
     * @return why it cannot be, or null
     */
    static @Nullable Rejection findError(TimestampResolver resolver, TimestampParser parsedTime, long utc,
            String field) {
        if (utc == TimeOrder.UNKNOWN) {
            return (resolver.occurrence(parsedTime) == TimestampResolver.Shown.NEVER) ? resolver.skippedTime(field)
                    : resolver.ambiguousTime(field);
        }
        return resolver.checkPlausible(utc, parsedTime.wallMillis() - utc, field);
    }

}
