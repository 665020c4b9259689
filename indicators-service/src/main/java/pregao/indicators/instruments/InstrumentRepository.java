package pregao.indicators.instruments;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.indicators.query.InstrumentsQuery;

/**
 * Reads the instruments from {@code indicators.series}, which the pipeline maintains.
 */
@Component
class InstrumentRepository {

    private static final String SELECT_SERIES = """
            select feed, symbol, timeframe, date_part('epoch', first_ts)::bigint, date_part('epoch', last_ts)::bigint
            from indicators.series where feed = $1 or $1 = ''
            order by feed, symbol""";

    private final DatabaseClient databaseClient;

    InstrumentRepository(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    Mono<List<InstrumentResponse>> findInstruments(InstrumentsQuery query) {
        return this.databaseClient.sql(SELECT_SERIES)
            .bind(0, Objects.requireNonNullElse(query.feed(), ""))
            .map(InstrumentRepository::readSeries)
            .all()
            .collectList()
            .map(InstrumentSeries::groupByInstrument);
    }

    private static InstrumentSeries readSeries(Readable row) {
        return new InstrumentSeries(
                new Instrument(readRequired(row, 0, String.class), readRequired(row, 1, String.class)),
                Timeframe.valueOf(readRequired(row, 2, String.class)),
                Instant.ofEpochSecond(readRequired(row, 3, Long.class)),
                Instant.ofEpochSecond(readRequired(row, 4, Long.class)));
    }

    private static <T> T readRequired(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }

}
