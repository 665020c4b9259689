package pregao.ingest.quarantine;

import java.util.List;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.candle.QuarantineRepository;
import pregao.ingest.candle.QuarantinedCandle;
import pregao.ingest.database.DatabaseReader;

/**
 * Reader of quarantined candles.
 */
@Component
class QuarantineReader {

    private final DatabaseReader databaseReader;

    QuarantineReader(DatabaseReader databaseReader) {
        this.databaseReader = databaseReader;
    }

    Mono<List<QuarantinedCandle>> findPage(QuarantineQuery query) {
        return this.databaseReader.read((connection) -> QuarantineRepository.findPage(connection, query).collectList());
    }

    /**
     * Finds the feed of a candle.
     * @param id the ID of the candle in quarantine
     * @return the feed, or empty if there is no such candle
     */
    Mono<String> findFeed(long id) {
        return this.databaseReader.read((connection) -> QuarantineRepository.findFeed(connection, id));
    }

}
