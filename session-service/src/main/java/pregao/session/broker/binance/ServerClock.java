package pregao.session.broker.binance;

import java.time.InstantSource;

/**
 * Binance's server time: the local clock plus the offset that the last response showed.
 * Signed requests need a server timestamp.
 */
final class ServerClock {

    /**
     * The age after which the offset is stale. Clocks drift in half an hour by far less
     * than the 1 s that Binance tolerates.
     */
    private static final long MAX_AGE_MILLIS = 1_800_000;

    private final InstantSource localClock;

    private volatile long offsetMillis;

    /**
     * The time of the last synchronization by the local clock, far in the past before the
     * first one.
     */
    private volatile long synchronizedAtMillis = Long.MIN_VALUE / 2;

    ServerClock(InstantSource localClock) {
        this.localClock = localClock;
    }

    /**
     * Synchronizes with a server time, which was taken at some moment between request and
     * response.
     * @param serverMillis the server time in epoch milliseconds
     * @param requestedAtMillis the local time of the request in epoch milliseconds
     */
    void synchronize(long serverMillis, long requestedAtMillis) {
        this.offsetMillis = serverMillis - (requestedAtMillis + this.localClock.millis()) / 2;
        this.synchronizedAtMillis = this.localClock.millis();
    }

    /**
     * Returns whether the server time is known and recent.
     * @return false if the server time needs to be fetched
     */
    boolean isKnown() {
        return this.localClock.millis() - this.synchronizedAtMillis < MAX_AGE_MILLIS;
    }

    /**
     * Returns the local time.
     * @return epoch milliseconds
     */
    long localMillis() {
        return this.localClock.millis();
    }

    /**
     * Returns the server time.
     * @return epoch milliseconds
     */
    long millis() {
        return this.localClock.millis() + this.offsetMillis;
    }

}
