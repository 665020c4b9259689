package pregao.session.identity.key;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Topic;
import pregao.contracts.key.Scope;
import pregao.session.outbox.OutboxRepository;

/**
 * The table of API keys, hashed.
 */
@Component
public class ApiKeyRepository {

    private static final String INSERT = """
            insert into session.api_key (id, hash, owner, label, hint, feed, scopes, created_at)
            values (:id, :hash, :owner, :label, :hint, :feed, :scopes, :now) on conflict do nothing""";

    private static final String SELECT_ACTIVE = """
            select id, label, hint, feed, scopes, created_at from session.api_key
            where owner = :owner and revoked_at is null order by created_at, id""";

    private static final String REVOKE = """
            update session.api_key set revoked_at = :now
            where id = :id and owner = :owner and revoked_at is null returning hash""";

    private final DatabaseClient database;

    private final OutboxRepository outbox;

    private final Clock clock;

    ApiKeyRepository(DatabaseClient database, OutboxRepository outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Adds a key, in the caller's transaction.
     * @param hash of the key
     * @param owner whose it is
     * @param key what is told of it
     * @return false where there is this key, or one with this id
     */
    public Mono<Boolean> add(String hash, UUID owner, ApiKeySummary key) {
        return this.database.sql(INSERT)
            .bind("id", key.id())
            .bind("hash", hash)
            .bind("owner", owner)
            .bind("label", key.label())
            .bind("hint", key.hint())
            .bind("feed", key.feed())
            .bind("scopes", key.scopes().toArray(String[]::new))
            .bind("now", key.createdAt())
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1)
            .delayUntil((added) -> added ? this.outbox.enqueueState(Topic.KEY, hash) : Mono.empty());
    }

    Flux<ApiKeySummary> findActive(UUID owner) {
        return this.database.sql(SELECT_ACTIVE).bind("owner", owner).map(ApiKeyRepository::toSummary).all();
    }

    /**
     * Revokes a key, in the caller's transaction.
     * @param id which
     * @param owner whose it must be
     * @return empty where they have no such key
     */
    Mono<String> revoke(UUID id, UUID owner) {
        return this.database.sql(REVOKE)
            .bind("now", this.clock.instant())
            .bind("id", id)
            .bind("owner", owner)
            .map((row) -> Objects.requireNonNull(row.get(0, String.class)))
            .one()
            .delayUntil((hash) -> this.outbox.enqueueState(Topic.KEY, hash));
    }

    private static ApiKeySummary toSummary(Readable row) {
        return new ApiKeySummary(Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("label", String.class)),
                Objects.requireNonNull(row.get("hint", String.class)),
                Objects.requireNonNull(row.get("feed", String.class)),
                List.of(Objects.requireNonNull(row.get("scopes", String[].class))),
                Objects.requireNonNull(row.get("created_at", Instant.class)));
    }

    /**
     * What is told of a key.
     *
     * @param id by which to revoke it
     * @param label what its owner calls it
     * @param hint how it begins
     * @param feed the one feed it is for
     * @param scopes what it may do
     * @param createdAt when it was made
     */
    public record ApiKeySummary(UUID id, String label, String hint, String feed, List<String> scopes,
            Instant createdAt) {

        public ApiKeySummary {
            scopes = List.copyOf(scopes);
        }

        /**
         * A new one.
         * @param id by which to revoke it
         * @param label what its owner calls it
         * @param hint how it begins
         * @param feed the one feed it is for
         * @param scopes what it may do
         * @param now this moment
         * @return what is told of it
         */
        public static ApiKeySummary of(UUID id, String label, String hint, String feed, Collection<Scope> scopes,
                Instant now) {
            return new ApiKeySummary(id, label, hint, feed, scopes.stream().sorted().map(Scope::text).toList(), now);
        }

    }

}
