package pregao.session.identity.user;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.Role;
import pregao.session.identity.token.OpaqueToken;

/**
 * Repository of invitations. An invitation is valid for one user.
 */
@Component
class InvitationRepository {

    private static final String INSERT = """
            insert into session.invitation (hash, role, made_by, expires_at, request)
            values (:hash, :role, :by, :expires, :request) on conflict (request) do nothing""";

    private static final String SELECT_ROLE = """
            select role from session.invitation
            where hash = :hash and taken_by is null and expires_at > :now for update""";

    private final DatabaseClient database;

    private final RegistrationProperties settings;

    private final Clock clock;

    InvitationRepository(DatabaseClient database, RegistrationProperties settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Inserts an invitation. Returns its expiry time, or empty if the request has already
     * created one.
     */
    Mono<Instant> add(OpaqueToken invitation, UUID requestId, Role role, UUID creatorId) {
        Instant expiresAt = this.clock.instant().plus(this.settings.invitation());
        return this.database.sql(INSERT)
            .bind("hash", invitation.hash())
            .bind("role", role.text())
            .bind("by", creatorId)
            .bind("expires", expiresAt)
            .bind("request", requestId)
            .fetch()
            .rowsUpdated()
            .filter((count) -> count == 1)
            .map((count) -> expiresAt);
    }

    Mono<Role> findRole(OpaqueToken invitation) {
        return this.database.sql(SELECT_ROLE)
            .bind("hash", invitation.hash())
            .bind("now", this.clock.instant())
            .map((row) -> Role.parse(Objects.requireNonNull(row.get(0, String.class))).orElse(Role.TRADER))
            .one();
    }

    Mono<Void> markTaken(OpaqueToken invitation, UUID userId) {
        return this.database.sql("update session.invitation set taken_by = :person where hash = :hash")
            .bind("person", userId)
            .bind("hash", invitation.hash())
            .fetch()
            .rowsUpdated()
            .then();
    }

}
