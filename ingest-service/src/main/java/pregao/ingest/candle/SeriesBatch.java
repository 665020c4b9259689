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
 * The candles of a request that are of one symbol and timeframe, with their places in it.
 */
final class SeriesBatch {

    private final List<Integer> places = new ArrayList<>();

    private final List<Candle> candles = new ArrayList<>();

    private final TreeMap<Long, Long> closes = new TreeMap<>();

    private SeriesBatch() {
    }

    static List<SeriesBatch> of(List<Candle> candles) {
        Map<SeriesKey, SeriesBatch> all = new LinkedHashMap<>();
        for (int i = 0; i < candles.size(); i++) {
            Candle candle = candles.get(i);
            all.computeIfAbsent(new SeriesKey(candle.instrument().symbol(), candle.timeframe()),
                    (name) -> new SeriesBatch())
                .add(i, candle);
        }
        return List.copyOf(all.values());
    }

    private void add(int place, Candle candle) {
        this.places.add(place);
        this.candles.add(candle);
        this.closes.put(candle.openTime(), candle.close());
    }

    List<Integer> places() {
        return this.places;
    }

    String symbol() {
        return this.candles.getFirst().instrument().symbol();
    }

    Timeframe timeframe() {
        return this.candles.getFirst().timeframe();
    }

    Optional<PlausibleCloseRange> calm() {
        return PlausibleCloseRange.of(this.candles);
    }

    List<CandleCluster> stretches() {
        return CandleCluster.of(this.closes.navigableKeySet(), timeframe());
    }

    /**
     * Judges each candle.
     * @param stored closes of the series by open time
     * @return by the candle's place in the request, where it is doubted
     */
    Map<Integer, Outlier> judge(Map<Long, Long> stored) {
        TreeMap<Long, Long> all = new TreeMap<>(stored);
        all.putAll(this.closes);
        OutlierDetector neighbours = OutlierDetector.of(all);
        Map<Integer, Outlier> doubts = new LinkedHashMap<>();
        for (int i = 0; i < this.candles.size(); i++) {
            Outlier doubt = neighbours.judge(this.candles.get(i));
            if (doubt != null) {
                doubts.put(this.places.get(i), doubt);
            }
        }
        return doubts;
    }

    private record SeriesKey(String symbol, Timeframe timeframe) {
    }

}
