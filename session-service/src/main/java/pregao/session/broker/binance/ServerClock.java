package pregao.session.broker.binance;

import java.time.InstantSource;

/**
 * The broker's clock, as far from ours as its last answer showed. What is signed must
 * bear its time.
 */
final class ServerClock {

    /** In half an hour a clock goes wrong by far less than the second that matters. */
    private static final long MAX_AGE_MILLIS = 1_800_000;

    private final InstantSource localClock;

    private volatile long offsetMillis;

    /** By our clock; far in the past where the broker's is not known. */
    private volatile long synchronizedAtMillis = Long.MIN_VALUE / 2;

    ServerClock(InstantSource localClock) {
        this.localClock = localClock;
    }

    /**
     * Takes what the broker said the time was, somewhere between question and answer.
     * @param serverMillis epoch milliseconds
     * @param requestedAtMillis when it was asked, by our clock, epoch milliseconds
     */
    void synchronize(long serverMillis, long requestedAtMillis) {
        this.offsetMillis = serverMillis - (requestedAtMillis + this.localClock.millis()) / 2;
        this.synchronizedAtMillis = this.localClock.millis();
    }

    /**
     * Whether the broker has told its time, and lately.
     * @return false where it has to be asked
     */
    boolean isKnown() {
        return this.localClock.millis() - this.synchronizedAtMillis < MAX_AGE_MILLIS;
    }

    /**
     * Our time.
     * @return epoch milliseconds
     */
    long localMillis() {
        return this.localClock.millis();
    }

    /**
     * The broker's time.
     * @return epoch milliseconds
     */
    long millis() {
        return this.localClock.millis() + this.offsetMillis;
    }

}
