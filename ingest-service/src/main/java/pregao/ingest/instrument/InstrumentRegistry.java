package pregao.ingest.instrument;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.r2dbc.spi.R2dbcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * In-memory registry of the instruments of active feeds. It loads a feed once from the
 * database and writes changes later. If the database is unavailable, senders do not wait:
 * new instruments are admitted and stored later.
 */
@Component
public class InstrumentRegistry {

    private static final Logger log = LoggerFactory.getLogger(InstrumentRegistry.class);

    /** With 5,000 instruments each, this is at most about 30 MB. */
    private static final int MAX_FEEDS = 64;

    private static final Duration IDLE_TIMEOUT = Duration.ofHours(6);

    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration LOADED_TTL = Duration.ofDays(3650);

    private final InstrumentRepository repository;

    private final InstrumentProperties properties;

    private final Cache<String, Entry> entriesByFeed = Caffeine.newBuilder()
        .maximumSize(MAX_FEEDS)
        .expireAfterAccess(IDLE_TIMEOUT)
        .build();

    InstrumentRegistry(InstrumentRepository repository, InstrumentProperties properties) {
        this.repository = repository;
        this.properties = properties;
    }

    /**
     * Returns the instruments of a feed.
     * @param feed the name of the feed
     * @return the instruments, immediately if they are loaded
     */
    public Mono<FeedInstruments> getInstruments(String feed) {
        Entry entry = this.entriesByFeed.get(feed, this::createEntry);
        return entry.instruments().isLoaded() ? Mono.just(entry.instruments()) : entry.loading();
    }

    private Entry createEntry(String feed) {
        FeedInstruments instruments = new FeedInstruments(feed, this.properties.perFeed());
        Mono<FeedInstruments> loading = this.repository.load(feed, this.properties.perFeed())
            .timeout(LOAD_TIMEOUT)
            .doOnNext(instruments::addStored)
            .thenReturn(instruments)
            // If the database is unavailable, the next attempt follows after a second,
            // not with each request.
            .cache((feedInstruments) -> LOADED_TTL, (failure) -> LOAD_TIMEOUT, () -> Duration.ZERO)
            .onErrorResume(InstrumentRegistry::isDatabaseUnavailable, (failure) -> Mono.just(instruments));
        return new Entry(instruments, loading);
    }

    private static boolean isDatabaseUnavailable(Throwable failure) {
        return failure instanceof R2dbcException || failure instanceof java.util.concurrent.TimeoutException;
    }

    /**
     * Stores the changes of all feeds.
     * @return completes when all changes that can be stored are stored
     */
    Mono<Void> save() {
        Collection<Entry> entries = this.entriesByFeed.asMap().values();
        return Flux.fromIterable(entries).map(Entry::instruments).concatMap(this::save).then();
    }

    private Mono<Void> save(FeedInstruments instruments) {
        List<FeedInstruments.Stored> unsaved = instruments.drainUnsaved();
        if (unsaved.isEmpty()) {
            return Mono.empty();
        }
        return this.repository.save(instruments.feed(), unsaved)
            .onErrorResume(InstrumentRegistry::isDatabaseUnavailable, (failure) -> {
                instruments.restoreUnsaved(unsaved);
                log.debug("{} instruments of feed {} are stored later: {}", unsaved.size(), instruments.feed(),
                        failure.toString());
                return Mono.empty();
            });
    }

    /**
     * Cache entry of a feed.
     *
     * @param instruments the instruments
     * @param loading loads the stored instruments, then emits the same instance
     */
    private record Entry(FeedInstruments instruments, Mono<FeedInstruments> loading) {
    }

}
