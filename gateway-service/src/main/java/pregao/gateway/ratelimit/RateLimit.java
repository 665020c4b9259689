package pregao.gateway.ratelimit;

import java.time.Duration;

/**
 * Rate limit: a bucket that holds all requests of a window and refills evenly.
 *
 * @param requests the number of requests in a window, which is also the maximum burst
 * @param window the length of the window
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
