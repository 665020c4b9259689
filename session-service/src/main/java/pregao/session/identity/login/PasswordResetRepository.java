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
 * The table of links by which people set another password: one of each person, good for a
 * day, once.
 */
@Component
class PasswordResetRepository {

    private static final Duration LIFE = Duration.ofDays(1);

    private static final String PUT = """
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
     * Adds a link, in the place of an earlier one.
     * @param person whose
     * @param token what it holds
     * @param by who made it
     * @return until when it is good
     */
    Mono<Instant> put(UUID person, OpaqueToken token, UUID by) {
        Instant expires = this.clock.instant().plus(LIFE);
        return this.database.sql(PUT)
            .bind("person", person)
            .bind("hash", token.hash())
            .bind("by", by)
            .bind("expires", expires)
            .fetch()
            .rowsUpdated()
            .thenReturn(expires);
    }

    /**
     * Whose link it is.
     * @param token as sent
     * @return empty where it is over
     */
    Mono<UUID> find(OpaqueToken token) {
        return person("select person from session.password_reset where hash = :hash and expires_at > :now", token);
    }

    /**
     * Uses a link up.
     * @param token as sent
     * @return whose it was; empty where it is over
     */
    Mono<UUID> take(OpaqueToken token) {
        return person("delete from session.password_reset where hash = :hash and expires_at > :now returning person",
                token);
    }

    private Mono<UUID> person(String sql, OpaqueToken token) {
        return this.database.sql(sql)
            .bind("hash", token.hash())
            .bind("now", this.clock.instant())
            .map((row) -> Objects.requireNonNull(row.get(0, UUID.class)))
            .one();
    }

}
