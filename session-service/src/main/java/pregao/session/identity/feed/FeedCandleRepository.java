package pregao.session.identity.feed;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Repository that tells whether a feed has candles in the table {@code market.candle}.
 */
@Component
class FeedCandleRepository {

    private static final Logger log = LoggerFactory.getLogger(FeedCandleRepository.class);

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

    private static final String SELECT_EXISTS = "select exists (select from market.candle where feed = :feed)";

    private final DatabaseClient database;

    FeedCandleRepository(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Returns whether a feed may have candles.
     * @param feed the feed name
     * @return true also if the table cannot be read, for example because the schema
     * {@code market} does not exist yet
     */
    Mono<Boolean> mayHaveCandles(String feed) {
        return this.database.sql(SELECT_EXISTS)
            .bind("feed", feed)
            .mapValue(Boolean.class)
            .one()
            .timeout(READ_TIMEOUT)
            .onErrorResume((failure) -> failure instanceof DataAccessException || failure instanceof TimeoutException,
                    (failure) -> {
                        log.info("whether feed {} has candles cannot be read: {}", feed, failure.toString());
                        return Mono.just(true);
                    });
    }

}
