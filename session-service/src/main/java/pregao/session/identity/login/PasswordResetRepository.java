package pregao.session.identity.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.session.identity.token.OpaqueToken;

/**
 * Repository of password reset links. Each user has at most one link, which is valid for
 * a day and can be used once.
 */
@Component
class PasswordResetRepository {

    private static final Duration LINK_TTL = Duration.ofDays(1);

    private static final String UPSERT = """
            insert into session.password_reset (person, hash, made_by, expires_at)
            values (:person, :hash, :by, :expires)
            on conflict (person) do update set hash = excluded.hash, made_by = excluded.made_by,
              expires_at = excluded.expires_at""";

    private final DatabaseClient database;

    private final Clock clock;

    PasswordResetRepository(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Saves a link and replaces an earlier one.
     * @param userId the user whose password is reset
     * @param token the token of the link
     * @param creatorId the admin who created the link
     * @return the time when the link expires
     */
    Mono<Instant> save(UUID userId, OpaqueToken token, UUID creatorId) {
        Instant expiresAt = this.clock.instant().plus(LINK_TTL);
        return this.database.sql(UPSERT)
            .bind("person", userId)
            .bind("hash", token.hash())
            .bind("by", creatorId)
            .bind("expires", expiresAt)
            .fetch()
            .rowsUpdated()
            .thenReturn(expiresAt);
    }

    /**
     * Finds the user of a link.
     * @param token the token as sent
     * @return empty if the link is expired or used
     */
    Mono<UUID> findUserId(OpaqueToken token) {
        return queryUserId("select person from session.password_reset where hash = :hash and expires_at > :now", token);
    }

    /**
     * Deletes a link so that it cannot be used again.
     * @param token the token as sent
     * @return the user of the link, or empty if the link is expired or used
     */
    Mono<UUID> redeem(OpaqueToken token) {
        return queryUserId(
                "delete from session.password_reset where hash = :hash and expires_at > :now returning person", token);
    }

    private Mono<UUID> queryUserId(String sql, OpaqueToken token) {
        return this.database.sql(sql)
            .bind("hash", token.hash())
            .bind("now", this.clock.instant())
            .map((row) -> Objects.requireNonNull(row.get(0, UUID.class)))
            .one();
    }

}
