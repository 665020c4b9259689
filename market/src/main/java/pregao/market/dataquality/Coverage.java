package pregao.market.dataquality;

import java.util.List;

/**
 * What is there of the candles that could be there.
 *
 * @param expected how many candles the open market could have made
 * @param present how many of them are there
 * @param quiet how many are missing in stretches too short to be a gap: a minute without
 * ticks has no candle
 * @param outside how many candles there are while the market is closed
 * @param gaps where candles are missing, each within one open piece of time
 * @param inGaps how many are missing there
 */
public record Coverage(long expected, long present, long quiet, long outside, List<TimeRange> gaps, long inGaps) {

    public Coverage {
        gaps = List.copyOf(gaps);
        if (present + quiet + inGaps != expected) {
            throw new IllegalArgumentException("%d expected candles cannot be %d there, %d quiet and %d in gaps"
                .formatted(expected, present, quiet, inGaps));
        }
    }

    /**
     * How many of the expected candles are not there.
     * @return quiet ones and those in gaps
     */
    public long missing() {
        return this.expected - this.present;
    }

}
