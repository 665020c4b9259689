package pregao.market.catalog;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * At which hours of the day blocks count.
 *
 * @param zone in which the hours are meant
 * @param counted 0 to 23
 */
public record HourFilter(ZoneId zone, Set<Integer> counted) {

    private static final int DAY = 24;

    public HourFilter {
        counted = Set.copyOf(counted);
        if (counted.isEmpty() || counted.stream().anyMatch((hour) -> hour < 0 || hour >= DAY)) {
            throw new IllegalArgumentException("hours must be from 0 to 23, not " + counted);
        }
    }

    /**
     * Whether a block counts.
     * @param time its start, epoch milliseconds
     * @return true where its hour is one of them
     */
    public boolean has(long time) {
        return this.counted.size() == DAY
                || this.counted.contains(Instant.ofEpochMilli(time).atZone(this.zone).getHour());
    }

}
