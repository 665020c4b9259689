package pregao.market.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The correction for having looked at many: Y. Benjamini and Y. Hochberg, Controlling the
 * false discovery rate, 1995.
 */
public final class BenjaminiHochberg {

    private BenjaminiHochberg() {
    }

    /**
     * Adjusts p-values. Of those at or below a level, at most that part is expected to be
     * there by chance alone.
     * @param values p-values, in any order
     * @return adjusted ones, in the same order, each at least as large as before
     */
    public static double[] adjusted(double[] values) {
        int[] order = IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble((i) -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
        double[] adjusted = new double[values.length];
        double least = 1;
        for (int rank = values.length; rank > 0; rank--) {
            int at = order[rank - 1];
            least = Math.min(least, values[at] * values.length / rank);
            adjusted[at] = least;
        }
        return adjusted;
    }

    /**
     * How many are found.
     * @param adjusted adjusted p-values
     * @param level such as 0.05
     * @return how many are at or below it
     */
    public static int found(double[] adjusted, double level) {
        return (int) Arrays.stream(adjusted).filter((value) -> value <= level).count();
    }

}
