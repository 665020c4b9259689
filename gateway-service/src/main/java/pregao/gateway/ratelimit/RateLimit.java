package pregao.gateway.ratelimit;

import java.time.Duration;

/**
 * So many requests in such a time: at once, if nothing was asked before, or evenly.
 *
 * @param requests how many
 * @param window in what time
 */
record RateLimit(int requests, Duration window) {

    RateLimit {
        if (requests < 1 || !window.isPositive()) {
            throw new IllegalArgumentException(
                    "%d requests in %s: at least one, in a time longer than none".formatted(requests, window));
        }
    }

    double tokensPerNano() {
        return (double) this.requests / this.window.toNanos();
    }

}
