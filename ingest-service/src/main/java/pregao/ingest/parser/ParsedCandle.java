package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;

/**
 * One item of a request for candles.
 */
public sealed interface ParsedCandle {

    /**
     * The time as it was sent.
     * @return the characters, empty where there were none
     */
    String original();

    /**
     * An item that is a candle.
     *
     * @param original the time as it was sent
     * @param candle revision 0, final where it is marked as final and has ended
     * @param snapshot whether it shows its bucket before the end
     */
    record Valid(String original, Candle candle, boolean snapshot) implements ParsedCandle {
    }

    /**
     * An item that is refused.
     *
     * @param symbol as sent, cut where it is long
     * @param timeframe as sent, cut where it is long
     * @param original the time as it was sent
     * @param bucket the start of its bucket, epoch milliseconds, where that can be told
     * @param rejection why
     */
    record Rejected(@Nullable String symbol, @Nullable String timeframe, String original, @Nullable Long bucket,
            Rejection rejection) implements ParsedCandle {
    }

}
