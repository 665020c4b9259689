package pregao.benchmark.micro;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.MAType;
import com.tictactec.ta.lib.MInteger;

/**
 * All four by TA-Lib's functions over whole arrays. It puts the first defined value at
 * the beginning of a row.
 */
final class TaLibIndicators {

    /** The index of the bar of each row's first value. */
    static final int[] FIRST = { 14, 33, 33, 33, 14, 19, 19, 19 };

    private static final Core CORE = new Core();

    private TaLibIndicators() {
    }

    static double[][] fill(BenchmarkBars bars, double[][] rows) {
        int last = bars.size() - 1;
        MInteger begin = new MInteger();
        MInteger length = new MInteger();
        CORE.rsi(0, last, bars.closes, 14, begin, length, rows[0]);
        CORE.macd(0, last, bars.closes, 12, 26, 9, begin, length, rows[1], rows[2], rows[3]);
        CORE.atr(0, last, bars.highs, bars.lows, bars.closes, 14, begin, length, rows[4]);
        CORE.bbands(0, last, bars.closes, 20, 2, 2, MAType.Sma, begin, length, rows[5], rows[6], rows[7]);
        return rows;
    }

}
