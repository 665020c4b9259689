package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

/**
 * Resolution of an item's timestamp to UTC.
 */
final class ItemTimestamp {

    private ItemTimestamp() {
    }

    /**
     * Resolves a timestamp in a time zone with daylight saving time.
     * @param resolver the resolver of the request
     * @param parsedTime the parsed timestamp
     * @param timeSeries the time series of the item
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
     * Finds the error of a resolved timestamp.
     * @param resolver the resolver of the request
     * @param parsedTime the parsed timestamp
     * @param utc epoch milliseconds, or {@link TimeOrder#UNKNOWN}
     * @param field the name of the field
     * @return the error, or null
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
