package pregao.ingest.conflict;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import pregao.ingest.candle.ConflictQuery;
import pregao.ingest.candle.Conflicts;
import pregao.ingest.candle.StoredConflict;
import pregao.ingest.database.DatabaseReader;

/**
 * Reads the list of conflicts.
 */
@Component
class ConflictRepository {

    private final DatabaseReader database;

    ConflictRepository(DatabaseReader database) {
        this.database = database;
    }

    Mono<List<StoredConflict>> findPage(ConflictQuery query) {
        return this.database.read((connection) -> Conflicts.list(connection, query).collectList());
    }

    /**
     * Finds the feed of a conflict.
     * @param id its number
     * @return the feed, or nothing if there is no conflict of that number
     */
    Mono<String> findFeed(long id) {
        return this.database.read((connection) -> Conflicts.findFeed(connection, id));
    }

}
