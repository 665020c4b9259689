package pregao.market.candle;

import pregao.contracts.candle.Candle;

/**
 * One version of a candle. Its revision says nothing.
 *
 * @param candle the values
 * @param rank how well it is founded
 * @param snapshot whether it is provided and was seen only before the end of its bucket
 * @param release its number in quarantine, 0 where it was not released from there
 */
public record CandleVersion(Candle candle, CandleRank rank, boolean snapshot, long release) {

    /**
     * A version that nobody released.
     * @param candle the values
     * @param rank how well it is founded
     * @param snapshot whether it is provided and was seen only before its end
     */
    public CandleVersion(Candle candle, CandleRank rank, boolean snapshot) {
        this(candle, rank, snapshot, 0);
    }

    CandleVersion withRank(CandleRank other) {
        return new CandleVersion(this.candle, other, this.snapshot, this.release);
    }

    CandleVersion seenAs(CandleVersion other) {
        return new CandleVersion(this.candle, this.rank, this.snapshot && other.snapshot, this.release);
    }

    boolean sameValues(CandleVersion other) {
        return this.candle.sameValues(other.candle);
    }

    int compareVolume(CandleVersion other) {
        return this.candle.volume().compareTo(other.candle.volume());
    }

}
