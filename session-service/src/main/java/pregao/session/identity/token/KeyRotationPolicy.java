package pregao.session.identity.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rotation policy of signing keys. A key is published before it signs and until the last
 * token that it signed has expired.
 *
 * @param settings the durations
 */
record KeyRotationPolicy(TokenProperties settings) {

    /** Accepted clock skew of the services that verify tokens, with a safety margin. */
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(5);

    /**
     * Returns the time from which the next key signs, if it is time to create one.
     * @param startTimes the times from which the existing keys sign, ascending
     * @param now the current time
     * @return empty if the newest key is not due for replacement
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
     * Returns the index of the key that signs.
     * @param startTimes the times from which the existing keys sign, ascending
     * @param now the current time
     * @return the index; 0 if no key has started
     */
    int findCurrentIndex(List<Instant> startTimes, Instant now) {
        int current = 0;
        for (int i = 1; i < startTimes.size(); i++) {
            current = startTimes.get(i).isAfter(now) ? current : i;
        }
        return current;
    }

    /**
     * Returns the time before which a key's successor must have started for the key to be
     * deleted.
     * @param now the current time
     * @return a time in the past
     */
    Instant computeDeletionThreshold(Instant now) {
        return now.minus(this.settings.ttl()).minus(CLOCK_MARGIN).minus(this.settings.publishAhead());
    }

}
