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
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /**
     * When the next key is to begin, where it is time to make one.
     * @param beginnings of the keys there are, rising
     * @param now this moment
     * @return empty as long as the newest key is young enough
     */
    Optional<Instant> next(List<Instant> beginnings, Instant now) {
        if (beginnings.isEmpty()) {
            return Optional.of(now);
        }
        Instant due = beginnings.getLast().plus(this.settings.rotation());
        Instant earliest = now.plus(this.settings.publishAhead());
        if (due.isAfter(earliest)) {
            return Optional.empty();
        }
        return Optional.of(earliest);
    }

    /**
     * Which key signs.
     * @param beginnings of the keys there are, rising
     * @param now this moment
     * @return an index; the first where none has begun
     */
    int current(List<Instant> beginnings, Instant now) {
        int current = 0;
        for (int i = 1; i < beginnings.size(); i++) {
            current = beginnings.get(i).isAfter(now) ? current : i;
        }
        return current;
    }

    /**
     * Until when the beginning of a successor must lie back for a key to be forgotten.
     * @param now this moment
     * @return a moment in the past
     */
    Instant over(Instant now) {
        return now.minus(this.settings.ttl()).minus(MARGIN).minus(this.settings.publishAhead());
    }

}
