package pregao.ingest.quarantine;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import pregao.ingest.candle.HeldCandle;
import pregao.ingest.candle.HeldQuery;
import pregao.ingest.candle.Quarantine;
import pregao.ingest.database.DatabaseReader;

/**
 * Looks up what is in quarantine.
 */
@Component
class HeldCandles {

    private final DatabaseReader database;

    HeldCandles(DatabaseReader database) {
        this.database = database;
    }

    Mono<List<HeldCandle>> page(HeldQuery query) {
        return this.database.read((connection) -> Quarantine.list(connection, query).collectList());
    }

    /**
     * Finds the feed of a candle.
     * @param id its number
     * @return the feed, or nothing if there is no candle of that number
     */
    Mono<String> findFeed(long id) {
        return this.database.read((connection) -> Quarantine.findFeed(connection, id));
    }

}
