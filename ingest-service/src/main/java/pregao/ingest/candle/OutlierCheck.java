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
 * Judges the candles of a request, forming ones too, by what is stored and what came with
 * them. Where all is calm, which is nearly always, one look into the index at each end
 * says so; medians are for the rest.
 */
final class OutlierCheck {

    private OutlierCheck() {
    }

    /**
     * Judges candles.
     * @param connection in the transaction that is to store them
     * @param candles of one feed
     * @return by place in the list, where a candle is doubted
     */
    static Mono<Map<Integer, Outlier>> of(Connection connection, List<Candle> candles) {
        String feed = candles.getFirst().instrument().feed();
        List<NeighborRepository.CalmSeries> calm = new ArrayList<>();
        List<SeriesBatch> wild = new ArrayList<>();
        for (SeriesBatch series : SeriesBatch.of(candles)) {
            Optional<PlausibleCloseRange> closes = series.calm();
            if (closes.isPresent()) {
                calm.add(new NeighborRepository.CalmSeries(series, closes.get()));
            }
            else {
                wild.add(series);
            }
        }
        if (calm.isEmpty()) {
            return judge(connection, feed, wild);
        }
        return NeighborRepository.unlike(connection, feed, calm).flatMap((unlike) -> {
            unlike.forEach((position) -> wild.add(calm.get(position).series()));
            return judge(connection, feed, wild);
        });
    }

    private static Mono<Map<Integer, Outlier>> judge(Connection connection, String feed, List<SeriesBatch> series) {
        if (series.isEmpty()) {
            return Mono.just(Map.of());
        }
        return NeighborRepository.closes(connection, feed, series).map((closes) -> {
            Map<Integer, Outlier> doubts = new LinkedHashMap<>();
            for (int i = 0; i < series.size(); i++) {
                doubts.putAll(series.get(i).judge(closes.get(i)));
            }
            return doubts;
        });
    }

}
