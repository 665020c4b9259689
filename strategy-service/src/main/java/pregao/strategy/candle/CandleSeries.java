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
 * Final M1 candles of one instrument as they were when they were read.
 *
 * @param instrument of which
 * @param bars their columns, the warm-up first
 * @param range which of them are traded
 * @param highestRevision of any of them, 0 where there are none
 * @param revised how many were changed after they were final first
 */
public record CandleSeries(Instrument instrument, BarSeries bars, BacktestWindow range, int highestRevision,
        int revised) {

    /** So many rows are hashed at once. */
    private static final int CHUNK_ROWS = 1_024;

    private static final int COLUMN_COUNT = 5;

    /**
     * How many stretches without a candle there are among those that are traded.
     * @return closed markets included
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
     * How many minutes from the first to the last traded one have no candle.
     * @return closed markets included
     */
    public long countMissingMinutes() {
        int count = this.range.end() - this.range.begin();
        return (count == 0) ? 0 : (this.bars.times()[this.range.end() - 1] - this.bars.times()[this.range.begin()])
                / Timeframe.M1.millis() + 1 - count;
    }

    /**
     * A fingerprint of the columns, by which two reports say whether they saw the same.
     * @return SHA-256 in hex over each row in turn: open time in epoch milliseconds,
     * open, high, low and close in 1e-8, each as 8 bytes, the highest first; the warm-up
     * included
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
