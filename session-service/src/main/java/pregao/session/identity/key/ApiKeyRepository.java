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
 * Repository of API keys. It stores only their hashes.
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
     * Inserts a key and enqueues its record, in the caller's transaction.
     * @param hash the hash of the key
     * @param owner the ID of the owner
     * @param key the description of the key
     * @return false if a key with this hash or ID exists
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
     * Revokes a key and enqueues its record, in the caller's transaction.
     * @param id the key ID
     * @param owner the ID of the owner
     * @return the hash of the key, or empty if the owner has no such active key
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
     * Description of an API key without its secret.
     *
     * @param id the key ID
     * @param label the name given by the owner
     * @param hint the first characters of the key
     * @param feed the only feed that the key applies to
     * @param scopes the scopes of the key
     * @param createdAt the time of creation
     */
    public record ApiKeySummary(UUID id, String label, String hint, String feed, List<String> scopes,
            Instant createdAt) {

        public ApiKeySummary {
            scopes = List.copyOf(scopes);
        }

        /**
         * Creates the description of a new key.
         * @param id the key ID
         * @param label the name given by the owner
         * @param hint the first characters of the key
         * @param feed the only feed that the key applies to
         * @param scopes the scopes of the key
         * @param now the time of creation
         * @return the description
         */
        public static ApiKeySummary of(UUID id, String label, String hint, String feed, Collection<Scope> scopes,
                Instant now) {
            return new ApiKeySummary(id, label, hint, feed, scopes.stream().sorted().map(Scope::text).toList(), now);
        }

    }

}
