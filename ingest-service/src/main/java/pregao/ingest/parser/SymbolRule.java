package pregao.ingest.parser;

import pregao.contracts.Instrument;
import pregao.ingest.instrument.FeedInstruments;

/**
 * Rejections of symbols.
 */
final class SymbolRule {

    /** Expected value, for error messages. */
    static final String EXPECTED = "a symbol: " + Instrument.SYMBOL_RULE;

    private SymbolRule() {
    }

    static Rejection invalid(JsonValueSlice value) {
        return value.isString() ? Rejection.outOfRange("symbol", value.describe(), EXPECTED)
                : Rejection.malformed("symbol", value, "a string");
    }

    static Rejection tooManyInstruments(FeedInstruments instruments, String description) {
        return new Rejection("symbol",
                "symbol is %s, and feed %s has %,d instruments, the most it may have".formatted(description,
                        instruments.feed(), instruments.limit()),
                "an instrument of the feed, or a higher setting pregao.ingest.instruments.per-feed",
                Rejection.Kind.INSTRUMENTS);
    }

}
