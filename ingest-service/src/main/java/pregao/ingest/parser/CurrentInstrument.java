package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.ingest.instrument.FeedInstruments;

/**
 * The instrument of the candle that was read last, as candles of one instrument mostly
 * follow each other.
 */
final class CurrentInstrument {

    private final FeedInstruments feedInstruments;

    private @Nullable Instrument instrument;

    private int digits = FeedInstruments.UNKNOWN_DIGITS;

    CurrentInstrument(FeedInstruments feedInstruments) {
        this.feedInstruments = feedInstruments;
    }

    /**
     * Makes an instrument one of the feed's.
     * @param candidate of a sound candle
     * @return false where the feed has as many as it may have
     */
    boolean admit(Instrument candidate) {
        if (candidate.equals(this.instrument)) {
            return true;
        }
        if (!this.feedInstruments.admit(candidate.symbol())) {
            return false;
        }
        this.instrument = candidate;
        this.digits = this.feedInstruments.digits(candidate.symbol());
        return true;
    }

    /**
     * Keeps how many decimals a price has.
     * @param sentDigits as a sender says, or a negative number
     */
    void updateDigits(long sentDigits) {
        Instrument current = this.instrument;
        if (current != null && sentDigits >= 0 && sentDigits != this.digits) {
            this.feedInstruments.updateDigits(current.symbol(), sentDigits);
            this.digits = this.feedInstruments.digits(current.symbol());
        }
    }

    /**
     * How many decimals a price has.
     * @return the number, or a negative number
     */
    int digits() {
        return this.digits;
    }

}
