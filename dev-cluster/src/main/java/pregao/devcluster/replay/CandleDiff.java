package pregao.devcluster.replay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How the candles that are stored differ from those that are expected.
 *
 * @param equal how many agree
 * @param missing how many are expected and not stored
 * @param extra how many are stored and not expected
 * @param different how many have other prices
 * @param examples the first few that do not agree
 */
public record CandleDiff(long equal, long missing, long extra, long different, List<String> examples) {

    private static final int FEW = 10;

    public CandleDiff {
        examples = List.copyOf(examples);
    }

    /**
     * Compares two series, each in ascending order of time.
     * @param expected how it should be
     * @param stored how it is
     * @return the differences
     */
    static CandleDiff of(Iterator<OhlcRow> expected, Iterator<OhlcRow> stored) {
        long equal = 0;
        long missing = 0;
        long extra = 0;
        long different = 0;
        List<String> examples = new ArrayList<>();
        OhlcRow left = next(expected);
        OhlcRow right = next(stored);
        while (left != null || right != null) {
            String example = null;
            if (right == null || (left != null && left.openTime() < right.openTime())) {
                missing++;
                example = "missing " + left;
                left = next(expected);
            }
            else if (left == null || right.openTime() < left.openTime()) {
                extra++;
                example = "extra " + right;
                right = next(stored);
            }
            else {
                if (left.equals(right)) {
                    equal++;
                }
                else {
                    different++;
                    example = "expected " + left + ", stored " + right;
                }
                left = next(expected);
                right = next(stored);
            }
            if (example != null && examples.size() < FEW) {
                examples.add(example);
            }
        }
        return new CandleDiff(equal, missing, extra, different, examples);
    }

    private static @Nullable OhlcRow next(Iterator<OhlcRow> series) {
        return series.hasNext() ? series.next() : null;
    }

    /**
     * Whether nothing differs and there was something to compare.
     * @return true if all agree
     */
    public boolean agrees() {
        return this.equal > 0 && this.missing == 0 && this.extra == 0 && this.different == 0;
    }

    /**
     * What a person reads.
     * @return one line
     */
    public String line() {
        return String.format(Locale.ROOT, "%,d candles equal, %,d missing, %,d extra, %,d different", this.equal,
                this.missing, this.extra, this.different);
    }

}
