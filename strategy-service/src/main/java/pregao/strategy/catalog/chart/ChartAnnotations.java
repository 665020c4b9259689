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
 * Computes the positions of the marks of a chart: a row of outcomes above the candles,
 * and an arrow at each first entry. The x-axis counts candles, so that a closed market
 * takes no space.
 */
final class ChartAnnotations {

    /** The distance of an arrow from its candle, as a fraction of the price range. */
    private static final double ENTRY_MARK_DISTANCE = 0.03;

    private static final double OUTCOME_ROW_HEIGHT = 0.08;

    private final ChartModel model;

    private final double lowestPrice;

    private final double priceRange;

    private final long[] openTimes;

    private final Map<OutcomeColor, List<double[]>> outcomeMarks = new EnumMap<>(OutcomeColor.class);

    private final Map<Direction, List<double[]>> entryMarks = new EnumMap<>(Direction.class);

    ChartAnnotations(ChartModel model) {
        this.model = model;
        this.openTimes = model.candles().stream().mapToLong(ChartModel.Bar::openTime).toArray();
        this.lowestPrice = model.candles().stream().mapToDouble(ChartModel.Bar::low).min().orElse(0);
        double highestPrice = model.candles().stream().mapToDouble(ChartModel.Bar::high).max().orElse(1);
        this.priceRange = Math.max(highestPrice - this.lowestPrice, Math.ulp(highestPrice) * 100);
        for (PatternResult block : model.blocks()) {
            addMarks(block);
        }
    }

    private void addMarks(PatternResult block) {
        long candleMillis = this.model.pattern().timeframe().millis();
        Direction direction = block.direction();
        long entryTime = block.start() + this.model.pattern().entryPlace() * candleMillis;
        int index = Arrays.binarySearch(this.openTimes, entryTime);
        if (index < 0) {
            return;
        }
        addMark(this.outcomeMarks, OutcomeColor.of(block), index,
                this.lowestPrice + this.priceRange * (1 + OUTCOME_ROW_HEIGHT));
        if (direction != null) {
            ChartModel.Bar bar = this.model.candles().get(index);
            boolean isCall = direction == Direction.CALL;
            addMark(this.entryMarks, direction, index, isCall ? bar.low() - this.priceRange * ENTRY_MARK_DISTANCE
                    : bar.high() + this.priceRange * ENTRY_MARK_DISTANCE);
        }
    }

    private static <K> void addMark(Map<K, List<double[]>> marks, K key, double x, double y) {
        marks.computeIfAbsent(key, (newKey) -> new ArrayList<>()).add(new double[] { x, y });
    }

    /** Returns the x and y positions of the marks by outcome. */
    Map<OutcomeColor, List<double[]>> outcomeMarks() {
        return this.outcomeMarks;
    }

    /** Returns the x and y positions of the arrows by direction. */
    Map<Direction, List<double[]>> entryMarks() {
        return this.entryMarks;
    }

    double axisMin() {
        return this.lowestPrice - this.priceRange * OUTCOME_ROW_HEIGHT;
    }

    double axisMax() {
        return this.lowestPrice + this.priceRange * (1 + 2 * OUTCOME_ROW_HEIGHT);
    }

    /** Returns how many decimals distinguish the prices of this chart. */
    int decimals() {
        return Math.clamp((int) Math.ceil(-Math.log10(this.priceRange)) + 2, 0, 8);
    }

    /**
     * Returns the open time of a candle. Outside of the chart, it assumes that no candle
     * is missing.
     */
    long openTimeAt(double position) {
        if (this.openTimes.length == 0) {
            return 0;
        }
        int index = (int) Math.round(position);
        int storedIndex = Math.clamp(index, 0, this.openTimes.length - 1);
        return this.openTimes[storedIndex] + (index - storedIndex) * this.model.pattern().timeframe().millis();
    }

}
