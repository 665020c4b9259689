package pregao.session.identity.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When keys change: each is published before it signs, and until the last token it signed
 * has ended.
 *
 * @param settings how long what takes
 */
record KeyRotationPolicy(TokenProperties settings) {

    /** How far clocks of those who check may be off, and then some. */
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(5);

    /**
     * When the next key is to begin, where it is time to make one.
     * @param startTimes of the keys there are, rising
     * @param now this moment
     * @return empty as long as the newest key is young enough
     */
    Optional<Instant> findNextStart(List<Instant> startTimes, Instant now) {
        if (startTimes.isEmpty()) {
            return Optional.of(now);
        }
        Instant due = startTimes.getLast().plus(this.settings.rotation());
        Instant earliest = now.plus(this.settings.publishAhead());
        if (due.isAfter(earliest)) {
            return Optional.empty();
        }
        return Optional.of(earliest);
    }

    /**
     * Which key signs.
     * @param startTimes of the keys there are, rising
     * @param now this moment
     * @return an index; the first where none has begun
     */
    int findCurrentIndex(List<Instant> startTimes, Instant now) {
        int current = 0;
        for (int i = 1; i < startTimes.size(); i++) {
            current = startTimes.get(i).isAfter(now) ? current : i;
        }
        return current;
    }

    /**
     * Until when the beginning of a successor must lie back for a key to be forgotten.
     * @param now this moment
     * @return a moment in the past
     */
    Instant computeDeletionThreshold(Instant now) {
        return now.minus(this.settings.ttl()).minus(CLOCK_MARGIN).minus(this.settings.publishAhead());
    }

}
