package pregao.market.dataquality;

import java.util.List;

import pregao.contracts.feed.FeedClock;

/**
 * Which clocks of a feed its data speaks for. It is offered, never applied.
 *
 * @param kind what was looked at
 * @param fitting the clocks that fit best, equally well
 * @param agreeing how many weekends or minutes agree with them
 * @param seen of how many
 */
public record TimeZoneEvidence(Kind kind, List<FeedClock> fitting, int agreeing, int seen) {

    public TimeZoneEvidence {
        fitting = List.copyOf(fitting);
        if (fitting.isEmpty() || agreeing < 1 || agreeing > seen) {
            throw new IllegalArgumentException(
                    "evidence has a clock, and not %d of %d agreeing".formatted(agreeing, seen));
        }
    }

    /**
     * What to offer in place of the clock in the settings.
     * @param configured the clock in the settings
     * @return the fitting clocks; none where the settings fit too
     */
    public List<FeedClock> suggested(FeedClock configured) {
        return this.fitting.contains(configured) ? List.of() : this.fitting;
    }

    /**
     * The evidence in words.
     * @return one line
     */
    public String text() {
        return "%d of %d %s agree".formatted(this.agreeing, this.seen, this.kind.text);
    }

    /**
     * What a clock can be read from.
     */
    public enum Kind {

        /** Where weekends begin and end. */
        WEEKENDS("weekends"),
        /** How long ticks were under way. */
        ARRIVALS("minutes of live ticks"),
        /** When provided candles arrived first. */
        CANDLES("live candles");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

    }

}
