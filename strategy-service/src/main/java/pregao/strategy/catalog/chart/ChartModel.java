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
 * The content of a chart. Equal models give equal images.
 *
 * @param instrument the instrument
 * @param pattern the pattern that evaluated the blocks
 * @param candles the candles, oldest first
 * @param blocks the blocks that are at least partly visible
 * @param width the width in pixels
 * @param height the height in pixels
 */
record ChartModel(Instrument instrument, Pattern pattern, List<Bar> candles, List<PatternResult> blocks, int width,
        int height) {

    ChartModel {
        candles = List.copyOf(candles);
        blocks = List.copyOf(blocks);
    }

    /** Returns a hash of the content: the first 128 bits of its SHA-256 in hex. */
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
            throw new IllegalStateException(ex); // every Java platform supports SHA-256
        }
    }

    /**
     * A candle.
     *
     * @param openTime the open time, in epoch milliseconds
     * @param open the first price
     * @param high the highest price
     * @param low the lowest price
     * @param close the last price
     */
    record Bar(long openTime, double open, double high, double low, double close) {

    }

}
