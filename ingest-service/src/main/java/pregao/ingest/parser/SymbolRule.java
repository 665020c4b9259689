package pregao.ingest.parser;

import pregao.contracts.Instrument;
import pregao.ingest.instrument.FeedInstruments;

/**
 * What is said of symbols that are not taken.
 */
final class SymbolRule {

    /** What a sender is told. */
    static final String EXPECTED = "a symbol: " + Instrument.SYMBOL_RULE;

    private SymbolRule() {
    }

    static Rejection strange(JsonValueSlice text) {
        return text.isString() ? Rejection.outOfRange("symbol", text.shown(), EXPECTED)
                : Rejection.malformed("symbol", text, "a string");
    }

    static Rejection full(FeedInstruments instruments, String shown) {
        return new Rejection("symbol",
                "symbol is %s, and feed %s has %,d instruments, the most it may have".formatted(shown,
                        instruments.feed(), instruments.limit()),
                "an instrument of the feed, or a higher setting pregao.ingest.instruments.per-feed",
                Rejection.Kind.INSTRUMENTS);
    }

}
