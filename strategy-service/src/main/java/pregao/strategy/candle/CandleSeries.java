package pregao.strategy.candle;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;

/**
 * The final M1 candles of one instrument at the time they were read.
 *
 * @param instrument the instrument
 * @param bars the candles in columns, warm-up candles first
 * @param range the index range of the candles that a backtest trades on
 * @param highestRevision the highest revision of the candles, 0 if there are none
 * @param revised the number of candles that changed after they first became final
 */
public record CandleSeries(Instrument instrument, BarSeries bars, BacktestWindow range, int highestRevision,
        int revised) {

    /** The number of rows that are passed to the digest together. */
    private static final int CHUNK_ROWS = 1_024;

    private static final int COLUMN_COUNT = 5;

    /**
     * Counts the gaps between the candles of the range.
     * @return the number of gaps, including those of closed markets
     */
    public int countGaps() {
        int gaps = 0;
        for (int i = this.range.begin() + 1; i < this.range.end(); i++) {
            if (this.bars.times()[i] - this.bars.times()[i - 1] > Timeframe.M1.millis()) {
                gaps++;
            }
        }
        return gaps;
    }

    /**
     * Counts the minutes without a candle between the first and the last candle of the
     * range.
     * @return the number of minutes, including those of closed markets
     */
    public long countMissingMinutes() {
        int count = this.range.end() - this.range.begin();
        return (count == 0) ? 0 : (this.bars.times()[this.range.end() - 1] - this.bars.times()[this.range.begin()])
                / Timeframe.M1.millis() + 1 - count;
    }

    /**
     * Computes a fingerprint of the candles, which tells whether two reports use the same
     * data.
     * @return the SHA-256 in hexadecimal over all rows, warm-up included; each row is the
     * open time in epoch milliseconds and the open, high, low and close price in units of
     * 1e-8, each as 8 bytes in big-endian order
     */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK_ROWS * COLUMN_COUNT * Long.BYTES);
            for (int i = 0; i < this.bars.size(); i++) {
                if (!buffer.hasRemaining()) {
                    digest.update(buffer.flip());
                    buffer.clear();
                }
                buffer.putLong(this.bars.times()[i])
                    .putLong(this.bars.opens()[i])
                    .putLong(this.bars.highs()[i])
                    .putLong(this.bars.lows()[i])
                    .putLong(this.bars.closes()[i]);
            }
            digest.update(buffer.flip());
            return HexFormat.of().formatHex(digest.digest());
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
