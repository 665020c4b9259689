package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

import pregao.contracts.candle.Candle;
import pregao.market.dataquality.Outlier;
import pregao.market.dataquality.PlausibleCloseRange;

/**
 * Check for outliers among the candles of a request, including forming ones, by
 * comparison to stored candles and to each other. Usually a single index lookup at each
 * end of a cluster shows that all candles are plausible; medians are computed only for
 * the rest.
 */
final class OutlierCheck {

    private OutlierCheck() {
    }

    /**
     * Finds the outliers among candles.
     * @param connection the connection, in the transaction that stores the candles
     * @param candles the candles, all of one feed
     * @return the outliers by index of the candle
     */
    static Mono<Map<Integer, Outlier>> findOutliers(Connection connection, List<Candle> candles) {
        String feed = candles.getFirst().instrument().feed();
        List<NeighborRepository.CalmSeries> calmSeries = new ArrayList<>();
        List<SeriesBatch> suspectSeries = new ArrayList<>();
        for (SeriesBatch series : SeriesBatch.of(candles)) {
            Optional<PlausibleCloseRange> closeRange = series.plausibleCloseRange();
            if (closeRange.isPresent()) {
                calmSeries.add(new NeighborRepository.CalmSeries(series, closeRange.get()));
            }
            else {
                suspectSeries.add(series);
            }
        }
        if (calmSeries.isEmpty()) {
            return checkAgainstStored(connection, feed, suspectSeries);
        }
        return NeighborRepository.findDeviating(connection, feed, calmSeries).flatMap((deviating) -> {
            deviating.forEach((index) -> suspectSeries.add(calmSeries.get(index).series()));
            return checkAgainstStored(connection, feed, suspectSeries);
        });
    }

    private static Mono<Map<Integer, Outlier>> checkAgainstStored(Connection connection, String feed,
            List<SeriesBatch> series) {
        if (series.isEmpty()) {
            return Mono.just(Map.of());
        }
        return NeighborRepository.findCloses(connection, feed, series).map((closesBySeries) -> {
            Map<Integer, Outlier> outliers = new LinkedHashMap<>();
            for (int i = 0; i < series.size(); i++) {
                outliers.putAll(series.get(i).findOutliers(closesBySeries.get(i)));
            }
            return outliers;
        });
    }

}
