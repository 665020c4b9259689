package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;

/**
 * Item of a request with candles.
 */
public sealed interface ParsedCandle {

    /**
     * Returns the time as sent.
     * @return the characters; empty if there were none
     */
    String original();

    /**
     * Valid candle.
     *
     * @param original the time as sent
     * @param candle the candle, with revision 0; final if it is marked as final and has
     * ended
     * @param snapshot whether it shows its bucket before its end
     */
    record Valid(String original, Candle candle, boolean snapshot) implements ParsedCandle {
    }

    /**
     * Rejected item.
     *
     * @param symbol the symbol as sent, truncated
     * @param timeframe the timeframe as sent, truncated
     * @param original the time as sent
     * @param bucket the start of its bucket, epoch milliseconds, or null if it is unknown
     * @param rejection the reason
     */
    record Rejected(@Nullable String symbol, @Nullable String timeframe, String original, @Nullable Long bucket,
            Rejection rejection) implements ParsedCandle {
    }

}
