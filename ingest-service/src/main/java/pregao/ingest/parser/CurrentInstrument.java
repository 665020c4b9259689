package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.ingest.instrument.FeedInstruments;

/**
 * The instrument of the candle that was read last, as candles of one instrument mostly
 * follow each other.
 */
final class CurrentInstrument {

    private final FeedInstruments known;

    private @Nullable Instrument instrument;

    private int digits = FeedInstruments.UNKNOWN_DIGITS;

    CurrentInstrument(FeedInstruments feedInstruments) {
        this.known = feedInstruments;
    }

    /**
     * Makes an instrument one of the feed's.
     * @param next of a sound candle
     * @return false where the feed has as many as it may have
     */
    boolean admit(Instrument next) {
        if (next.equals(this.instrument)) {
            return true;
        }
        if (!this.known.admit(next.symbol())) {
            return false;
        }
        this.instrument = next;
        this.digits = this.known.digits(next.symbol());
        return true;
    }

    /**
     * Keeps how many decimals a price has.
     * @param sent as a sender says, or a negative number
     */
    void learnDigits(long sent) {
        Instrument of = this.instrument;
        if (of != null && sent >= 0 && sent != this.digits) {
            this.known.learnDigits(of.symbol(), sent);
            this.digits = this.known.digits(of.symbol());
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
