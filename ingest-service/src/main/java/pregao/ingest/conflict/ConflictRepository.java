package pregao.ingest.conflict;

import java.util.List;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.ingest.candle.CandleConflictRepository;
import pregao.ingest.candle.ConflictQuery;
import pregao.ingest.candle.StoredConflict;
import pregao.ingest.database.DatabaseReader;

/**
 * Repository that reads conflicts.
 */
@Component
class ConflictRepository {

    private final DatabaseReader databaseReader;

    ConflictRepository(DatabaseReader databaseReader) {
        this.databaseReader = databaseReader;
    }

    Mono<List<StoredConflict>> findPage(ConflictQuery query) {
        return this.databaseReader
            .read((connection) -> CandleConflictRepository.findPage(connection, query).collectList());
    }

    /**
     * Finds the feed of a conflict.
     * @param id the ID of the conflict
     * @return the feed, or empty if there is no such conflict
     */
    Mono<String> findFeed(long id) {
        return this.databaseReader.read((connection) -> CandleConflictRepository.findFeed(connection, id));
    }

}
