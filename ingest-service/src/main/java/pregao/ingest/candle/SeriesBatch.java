package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.market.dataquality.CandleCluster;
import pregao.market.dataquality.Outlier;
import pregao.market.dataquality.OutlierDetector;
import pregao.market.dataquality.PlausibleCloseRange;

/**
 * Candles of a request with the same symbol and timeframe, with their indexes in the
 * request.
 */
final class SeriesBatch {

    private final List<Integer> indexes = new ArrayList<>();

    private final List<Candle> candles = new ArrayList<>();

    private final TreeMap<Long, Long> closesByOpenTime = new TreeMap<>();

    private SeriesBatch() {
    }

    static List<SeriesBatch> of(List<Candle> candles) {
        Map<SeriesKey, SeriesBatch> batches = new LinkedHashMap<>();
        for (int i = 0; i < candles.size(); i++) {
            Candle candle = candles.get(i);
            batches
                .computeIfAbsent(new SeriesKey(candle.instrument().symbol(), candle.timeframe()),
                        (key) -> new SeriesBatch())
                .add(i, candle);
        }
        return List.copyOf(batches.values());
    }

    private void add(int index, Candle candle) {
        this.indexes.add(index);
        this.candles.add(candle);
        this.closesByOpenTime.put(candle.openTime(), candle.close());
    }

    List<Integer> indexes() {
        return this.indexes;
    }

    String symbol() {
        return this.candles.getFirst().instrument().symbol();
    }

    Timeframe timeframe() {
        return this.candles.getFirst().timeframe();
    }

    Optional<PlausibleCloseRange> plausibleCloseRange() {
        return PlausibleCloseRange.of(this.candles);
    }

    List<CandleCluster> clusters() {
        return CandleCluster.of(this.closesByOpenTime.navigableKeySet(), timeframe());
    }

    /**
     * Finds the outliers among the candles.
     * @param storedCloses the stored closes of the series by open time
     * @return the outliers by index of the candle in the request
     */
    Map<Integer, Outlier> findOutliers(Map<Long, Long> storedCloses) {
        TreeMap<Long, Long> closes = new TreeMap<>(storedCloses);
        closes.putAll(this.closesByOpenTime);
        OutlierDetector detector = OutlierDetector.of(closes);
        Map<Integer, Outlier> outliers = new LinkedHashMap<>();
        for (int i = 0; i < this.candles.size(); i++) {
            Outlier outlier = detector.judge(this.candles.get(i));
            if (outlier != null) {
                outliers.put(this.indexes.get(i), outlier);
            }
        }
        return outliers;
    }

    private record SeriesKey(String symbol, Timeframe timeframe) {
    }

}
