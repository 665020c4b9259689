package pregao.session.broker.binance;

import java.time.InstantSource;

/**
 * The broker's clock, as far from ours as its last answer showed. What is signed must
 * bear its time.
 */
final class ServerClock {

    /** In half an hour a clock goes wrong by far less than the second that matters. */
    private static final long GOOD_FOR = 1_800_000;

    private final InstantSource ours;

    private volatile long difference;

    /** By our clock; far in the past where the broker's is not known. */
    private volatile long told = Long.MIN_VALUE / 2;

    ServerClock(InstantSource ours) {
        this.ours = ours;
    }

    /**
     * Takes what the broker said the time was, somewhere between question and answer.
     * @param millis epoch milliseconds
     * @param asked when it was asked, by our clock, epoch milliseconds
     */
    void set(long millis, long asked) {
        this.difference = millis - (asked + this.ours.millis()) / 2;
        this.told = this.ours.millis();
    }

    /**
     * Whether the broker has told its time, and lately.
     * @return false where it has to be asked
     */
    boolean isKnown() {
        return this.ours.millis() - this.told < GOOD_FOR;
    }

    /**
     * Our time.
     * @return epoch milliseconds
     */
    long ours() {
        return this.ours.millis();
    }

    /**
     * The broker's time.
     * @return epoch milliseconds
     */
    long millis() {
        return this.ours.millis() + this.difference;
    }

}
