package pregao.strategy.catalog.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import pregao.market.pattern.Direction;
import pregao.market.pattern.PatternResult;
import pregao.strategy.catalog.OutcomeColor;

/**
 * Where the marks of a picture are: a row of outcomes above the candles, and an arrow at
 * each first entry. Candles are counted, so that a closed market takes no room.
 */
final class ChartAnnotations {

    /** How far a mark is from a candle, as a part of the height. */
    private static final double AWAY = 0.03;

    private static final double ROW = 0.08;

    private final ChartModel picture;

    private final double low;

    private final double height;

    private final long[] times;

    private final Map<OutcomeColor, List<double[]>> outcomes = new EnumMap<>(OutcomeColor.class);

    private final Map<Direction, List<double[]>> entries = new EnumMap<>(Direction.class);

    ChartAnnotations(ChartModel picture) {
        this.picture = picture;
        this.times = picture.candles().stream().mapToLong(ChartModel.Bar::openTime).toArray();
        this.low = picture.candles().stream().mapToDouble(ChartModel.Bar::low).min().orElse(0);
        double high = picture.candles().stream().mapToDouble(ChartModel.Bar::high).max().orElse(1);
        this.height = Math.max(high - this.low, Math.ulp(high) * 100);
        for (PatternResult block : picture.blocks()) {
            mark(block);
        }
    }

    private void mark(PatternResult block) {
        long candle = this.picture.pattern().timeframe().millis();
        Direction side = block.direction();
        long at = block.start() + this.picture.pattern().entryPlace() * candle;
        int place = Arrays.binarySearch(this.times, at);
        if (place < 0) {
            return;
        }
        add(this.outcomes, OutcomeColor.of(block), place, this.low + this.height * (1 + ROW));
        if (side != null) {
            ChartModel.Bar bar = this.picture.candles().get(place);
            boolean call = side == Direction.CALL;
            add(this.entries, side, place, call ? bar.low() - this.height * AWAY : bar.high() + this.height * AWAY);
        }
    }

    private static <K> void add(Map<K, List<double[]>> marks, K key, double x, double y) {
        marks.computeIfAbsent(key, (missing) -> new ArrayList<>()).add(new double[] { x, y });
    }

    /** Places and heights by outcome. */
    Map<OutcomeColor, List<double[]>> outcomes() {
        return this.outcomes;
    }

    /** Places and heights by side. */
    Map<Direction, List<double[]>> entries() {
        return this.entries;
    }

    double bottom() {
        return this.low - this.height * ROW;
    }

    double top() {
        return this.low + this.height * (1 + 2 * ROW);
    }

    /** So many decimals tell prices of this picture apart. */
    int decimals() {
        return Math.clamp((int) Math.ceil(-Math.log10(this.height)) + 2, 0, 8);
    }

    /** The open time of a candle; of one that is not there, as if all were. */
    long time(double place) {
        if (this.times.length == 0) {
            return 0;
        }
        int at = (int) Math.round(place);
        int inside = Math.clamp(at, 0, this.times.length - 1);
        return this.times[inside] + (at - inside) * this.picture.pattern().timeframe().millis();
    }

}
