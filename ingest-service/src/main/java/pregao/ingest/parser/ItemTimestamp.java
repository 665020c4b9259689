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
     * @param clock of the request
     * @param written the time as read
     * @param order of the item's series
     * @return epoch milliseconds, or {@link TimeOrder#UNKNOWN}
     */
    static long of(TimestampResolver clock, TimestampParser written, TimeOrder.Series order) {
        long utc = written.wallMillis() - clock.offsetMillis(written);
        return switch (clock.shown(written)) {
            case NEVER -> TimeOrder.UNKNOWN;
            case TWICE -> order.choose(utc, written.wallMillis() - clock.laterShift(written));
            case ONCE -> {
                order.pass(utc);
                yield utc;
            }
        };
    }

    /**
     * What is wrong with the moment.
     * @param clock of the request
     * @param written the time as read
     * @param utc epoch milliseconds, or {@link TimeOrder#UNKNOWN}
     * @param field where it came from
     * @return why it cannot be, or null
     */
    static @Nullable Rejection fault(TimestampResolver clock, TimestampParser written, long utc, String field) {
        if (utc == TimeOrder.UNKNOWN) {
            return (clock.shown(written) == TimestampResolver.Shown.NEVER) ? clock.skipped(field)
                    : clock.repeated(field);
        }
        return clock.checkPlausible(utc, written.wallMillis() - utc, field);
    }

}
