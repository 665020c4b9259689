package pregao.ingest.candle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Prices;
import pregao.market.dataquality.CandleCluster;
import pregao.market.dataquality.OutlierDetector;
import pregao.market.dataquality.PlausibleCloseRange;

/**
 * Repository of the stored neighbors of clusters of candles. Each method runs one
 * statement for all series.
 */
final class NeighborRepository {

    private static final String FIND_DEVIATING = """
            select ingest.unlike_neighbours($1, $2::text::text[], $3::text::text[], $8::text::timestamptz[],
                $4::text::timestamptz[], $5::text::timestamptz[], $6::text::numeric[], $7::text::numeric[], $9)""";

    private static final String FIND_CLOSES = """
            select array_agg(item), array_agg((extract(epoch from ts) * 1000)::bigint),
                array_agg((close * 100000000)::bigint)
            from ingest.neighbours($1, $2::text::text[], $3::text::text[], $4::text::timestamptz[],
                $5::text::timestamptz[], $6)""";

    private final List<Integer> seriesIndexes = new ArrayList<>();

    private final List<StringBuilder> arrays;

    private char separator = '{';

    private NeighborRepository(int columns) {
        this.arrays = Stream.generate(StringBuilder::new).limit(columns).toList();
    }

    /**
     * Finds series with a stored neighbor that is too far away to accept the series
     * without comparing it to the median.
     * @param connection the connection
     * @param feed the feed of all series
     * @param series the series, each with its range of plausible closes
     * @return the indexes of these series in the list
     */
    static Mono<List<Integer>> findDeviating(Connection connection, String feed, List<CalmSeries> series) {
        NeighborRepository query = new NeighborRepository(7);
        for (int i = 0; i < series.size(); i++) {
            SeriesBatch batch = series.get(i).series();
            for (CandleCluster cluster : batch.clusters()) {
                query.addCluster(i, batch, cluster);
                Prices.appendTo(query.startElement(4), series.get(i).calm().least());
                Prices.appendTo(query.startElement(5), series.get(i).calm().most());
                query.startElement(6)
                    .append(Instant
                        .ofEpochMilli(cluster.first() - OutlierDetector.MAX_COUNT * batch.timeframe().millis()));
                query.separator = ',';
            }
        }
        Statement statement = query.bind(connection.createStatement(FIND_DEVIATING), feed, PlausibleCloseRange.ENOUGH);
        return Flux.from(statement.execute())
            .flatMap((result) -> result.map(NeighborRepository::readItems))
            .single()
            .map((items) -> Arrays.stream(items).map((item) -> query.seriesIndexes.get(item - 1)).distinct().toList());
    }

    private static Integer[] readItems(Readable row) {
        Integer[] items = row.get(0, Integer[].class);
        return (items != null) ? items : new Integer[0];
    }

    /**
     * Reads all stored closes to which the candles of several series are compared.
     * @param connection the connection
     * @param feed the feed of all series
     * @param series the series; at least one
     * @return for each series, the closes by open time
     */
    static Mono<List<Map<Long, Long>>> findCloses(Connection connection, String feed, List<SeriesBatch> series) {
        NeighborRepository query = new NeighborRepository(4);
        for (int i = 0; i < series.size(); i++) {
            for (CandleCluster cluster : series.get(i).clusters()) {
                query.addCluster(i, series.get(i), cluster);
                query.separator = ',';
            }
        }
        Statement statement = query.bind(connection.createStatement(FIND_CLOSES), feed, OutlierDetector.MAX_COUNT);
        return Flux.from(statement.execute())
            .flatMap((result) -> result.map((row) -> query.readCloses(row, series.size())))
            .single();
    }

    private List<Map<Long, Long>> readCloses(Readable row, int seriesCount) {
        List<Map<Long, Long>> closesBySeries = new ArrayList<>();
        for (int i = 0; i < seriesCount; i++) {
            closesBySeries.add(new HashMap<>());
        }
        Integer[] items = row.get(0, Integer[].class);
        if (items == null) {
            return closesBySeries;
        }
        Long[] times = Objects.requireNonNull(row.get(1, Long[].class));
        Long[] closes = Objects.requireNonNull(row.get(2, Long[].class));
        for (int i = 0; i < items.length; i++) {
            closesBySeries.get(this.seriesIndexes.get(items[i] - 1)).put(times[i], closes[i]);
        }
        return closesBySeries;
    }

    private void addCluster(int seriesIndex, SeriesBatch series, CandleCluster cluster) {
        this.seriesIndexes.add(seriesIndex);
        startElement(0).append('"').append(series.symbol()).append('"');
        startElement(1).append(series.timeframe().name());
        startElement(2).append(Instant.ofEpochMilli(cluster.first()));
        startElement(3).append(Instant.ofEpochMilli(cluster.last()));
    }

    private StringBuilder startElement(int column) {
        return this.arrays.get(column).append(this.separator);
    }

    private Statement bind(Statement statement, String feed, int maxCloses) {
        statement.bind(0, feed);
        for (int i = 0; i < this.arrays.size(); i++) {
            statement.bind(i + 1, this.arrays.get(i).append('}').toString());
        }
        return statement.bind(this.arrays.size() + 1, maxCloses);
    }

    /**
     * Series whose candles are close to each other.
     *
     * @param series the candles
     * @param calm the range of closes that are plausible for all of them
     */
    record CalmSeries(SeriesBatch series, PlausibleCloseRange calm) {
    }

}
