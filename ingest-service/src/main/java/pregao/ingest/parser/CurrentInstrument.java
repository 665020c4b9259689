package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.ingest.instrument.FeedInstruments;

/**
 * Instrument of the previous candle. It saves lookups, because consecutive candles mostly
 * belong to the same instrument.
 */
final class CurrentInstrument {

    private final FeedInstruments feedInstruments;

    private @Nullable Instrument instrument;

    private int digits = FeedInstruments.UNKNOWN_DIGITS;

    CurrentInstrument(FeedInstruments feedInstruments) {
        this.feedInstruments = feedInstruments;
    }

    /**
     * Adds an instrument to the feed unless it exists, and makes it the current one.
     * @param candidate the instrument of a valid candle
     * @return false if the feed has reached its maximum
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
     * Updates the number of decimals of the instrument's prices.
     * @param sentDigits the number as sent, or a negative number if it was not sent
     */
    void updateDigits(long sentDigits) {
        Instrument current = this.instrument;
        if (current != null && sentDigits >= 0 && sentDigits != this.digits) {
            this.feedInstruments.updateDigits(current.symbol(), sentDigits);
            this.digits = this.feedInstruments.digits(current.symbol());
        }
    }

    /**
     * Returns the number of decimals of the instrument's prices.
     * @return the number, or a negative number if it is unknown
     */
    int digits() {
        return this.digits;
    }

}
