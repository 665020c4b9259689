package pregao.ingest.quarantine;

import java.util.List;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.candle.QuarantineRepository;
import pregao.ingest.candle.QuarantinedCandle;
import pregao.ingest.database.DatabaseReader;

/**
 * Looks up what is in quarantine.
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
     * @param id its number
     * @return the feed, or nothing if there is no candle of that number
     */
    Mono<String> findFeed(long id) {
        return this.databaseReader.read((connection) -> QuarantineRepository.findFeed(connection, id));
    }

}
