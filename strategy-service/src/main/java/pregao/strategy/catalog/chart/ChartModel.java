package pregao.strategy.catalog.chart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import pregao.contracts.Instrument;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternResult;

/**
 * All that a picture shows; equal ones look the same.
 *
 * @param instrument of what
 * @param pattern by which blocks were read
 * @param candles the oldest first
 * @param blocks those of which something can be seen
 * @param width in pixels
 * @param height in pixels
 */
record ChartModel(Instrument instrument, Pattern pattern, List<Bar> candles, List<PatternResult> blocks, int width,
        int height) {

    ChartModel {
        candles = List.copyOf(candles);
        blocks = List.copyOf(blocks);
    }

    /** The same for equal pictures, and another one for others. */
    String contentHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("%s|%s|%d|%d".formatted(this.instrument.key(), this.pattern, this.width, this.height)
                .getBytes(StandardCharsets.UTF_8));
            ByteBuffer buffer = ByteBuffer.allocate(5 * Double.BYTES);
            for (Bar candle : this.candles) {
                buffer.clear().putLong(candle.openTime()).putDouble(candle.open());
                buffer.putDouble(candle.high()).putDouble(candle.low()).putDouble(candle.close());
                digest.update(buffer.array());
            }
            digest.update(this.blocks.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // every Java has it
        }
    }

    /**
     * A candle.
     *
     * @param openTime epoch milliseconds
     * @param open first price
     * @param high highest price
     * @param low lowest price
     * @param close last price
     */
    record Bar(long openTime, double open, double high, double low, double close) {

    }

}
