package pregao.session.broker.marketdata;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Topic;
import pregao.contracts.feed.Feed;
import pregao.contracts.key.ApiKey;
import pregao.session.crypto.KeyDerivation;
import pregao.session.identity.feed.FeedRepository;
import pregao.session.outbox.OutboxRepository;

/**
 * A provisioner of the feeds that this service writes to and of their API keys. They
 * belong to a system user that cannot log in or be erased.
 */
@Component
class SystemFeedProvisioner {

    /** The ID of the system user. */
    static final UUID SYSTEM_USER_ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private static final String INSERT_OWNER = """
            insert into session.person (id, roles, created_at, erased_at) values (:id, '{}', :now, :now)
            on conflict do nothing""";

    private static final String UPSERT_KEY = """
            insert into session.api_key as k (id, hash, owner, label, hint, feed, scopes, created_at)
            values (:id, :hash, :owner, 'of the system', '', :feed, '{ingest}', :now)
            on conflict (hash) do update set revoked_at = null where k.revoked_at is not null""";

    private static final String REVOKE_OTHER_KEYS = """
            update session.api_key set revoked_at = :now
            where feed = :feed and owner = :owner and revoked_at is null and hash <> all(:hashes) returning hash""";

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final FeedRepository feeds;

    private final OutboxRepository outbox;

    private final KeyDerivation keyDerivation;

    private final Clock clock;

    SystemFeedProvisioner(DatabaseClient database, TransactionalOperator transactions, FeedRepository feeds,
            OutboxRepository outbox, KeyDerivation keyDerivation, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.feeds = feeds;
        this.outbox = outbox;
        this.keyDerivation = keyDerivation;
        this.clock = clock;
    }

    /**
     * Creates a feed and its API keys if they do not exist. An existing feed is not
     * changed.
     * @param feed the settings of the feed
     * @return completes when the feed and the keys exist
     */
    Mono<Void> provision(Feed feed) {
        List<String> hashes = deriveKeys(feed.name()).stream().map(ApiKey::hash).toList();
        Mono<Void> provisioning = this.database.sql(INSERT_OWNER)
            .bind("id", SYSTEM_USER_ID)
            .bind("now", this.clock.instant())
            .fetch()
            .rowsUpdated()
            .then(this.feeds.add(feed, SYSTEM_USER_ID))
            .thenMany(Flux.fromIterable(hashes).concatMap((hash) -> addKey(hash, feed.name())))
            .then(revokeOthers(feed.name(), hashes));
        return this.transactions.transactional(provisioning).doOnSuccess((done) -> this.outbox.trigger());
    }

    /**
     * Derives the current API key of a feed.
     * @param feed the name of the feed
     * @return the API key in plain text
     */
    String deriveKey(String feed) {
        return deriveKeys(feed).getFirst();
    }

    private List<String> deriveKeys(String feed) {
        return this.keyDerivation.deriveSecrets("feed " + feed).stream().map((secret) -> "pregao_" + secret).toList();
    }

    private Mono<Void> addKey(String hash, String feed) {
        return this.database.sql(UPSERT_KEY)
            .bind("id", UUID.randomUUID())
            .bind("hash", hash)
            .bind("owner", SYSTEM_USER_ID)
            .bind("feed", feed)
            .bind("now", this.clock.instant())
            .fetch()
            .rowsUpdated()
            .flatMap((count) -> (count > 0) ? this.outbox.enqueueState(Topic.KEY, hash) : Mono.empty());
    }

    private Mono<Void> revokeOthers(String feed, List<String> hashes) {
        return this.database.sql(REVOKE_OTHER_KEYS)
            .bind("now", this.clock.instant())
            .bind("feed", feed)
            .bind("owner", SYSTEM_USER_ID)
            .bind("hashes", hashes.toArray(String[]::new))
            .map((row) -> Objects.requireNonNull(row.get(0, String.class)))
            .all()
            .collectList()
            .flatMapMany(Flux::fromIterable)
            .concatMap((hash) -> this.outbox.enqueueState(Topic.KEY, hash))
            .then();
    }

}
