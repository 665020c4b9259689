package pregao.session.identity.login;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.token.OpaqueToken;
import pregao.session.outbox.OutboxRepository;

/**
 * Repository of logins and of their refresh tokens.
 */
@Component
class LoginRepository {

    private static final String INSERT_LOGIN = """
            insert into session.login (id, person, begun_at, seen_at, address, agent)
            values (:id, :person, :now, :now, :address, :agent)""";

    private static final String INSERT_TOKEN = """
            insert into session.refresh_token (hash, login, expires_at) values (:hash, :login, :expires)""";

    /**
     * Locks the row of the login, so that concurrent uses of the same token are
     * serialized.
     */
    private static final String SELECT_FOR_UPDATE = """
            select l.id, l.person, l.begun_at, l.ended_at, t.expires_at
            from session.login l join session.refresh_token t on t.login = l.id where t.hash = :hash for update of l""";

    /**
     * The first use counts, so that repeated use does not extend the validity of a token.
     */
    private static final String MARK_USED = """
            update session.refresh_token set used_at = coalesce(used_at, :now)
            where hash = :hash and (used_at is null or used_at > :since)""";

    private static final String SELECT_ACTIVE = """
            select id, begun_at, seen_at, address, agent from session.login l
            where person = :person and ended_at is null and exists (
              select from session.refresh_token t where t.login = l.id and t.used_at is null and t.expires_at > :now)
            order by seen_at desc, id""";

    /**
     * Ends logins and enqueues a record for each, because services that verify tokens
     * must learn of it.
     */
    private static final String END_LOGINS = """
            with ended as (
              update session.login set ended_at = :now, ended_why = :why
              where person = :person and ended_at is null and %s returning id)
            insert into session.outbox (topic, name) select 'login', id from ended""";

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final OutboxRepository outbox;

    private final LoginProperties settings;

    private final Clock clock;

    LoginRepository(DatabaseClient database, TransactionalOperator transactions, OutboxRepository outbox,
            LoginProperties settings, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Creates a login.
     * @param loginId the login ID
     * @param userId the user
     * @param client the client that sent the request
     * @return the first refresh token
     */
    Mono<OpaqueToken> create(UUID loginId, UUID userId, ClientInfo client) {
        Instant now = this.clock.instant();
        return this.database.sql(INSERT_LOGIN)
            .bind("id", loginId)
            .bind("person", userId)
            .bind("now", now)
            .bind("address", client.address())
            .bind("agent", client.agent())
            .fetch()
            .rowsUpdated()
            .then(Mono.defer(() -> addToken(loginId, now, now)));
    }

    private Mono<OpaqueToken> addToken(UUID loginId, Instant startedAt, Instant now) {
        OpaqueToken token = OpaqueToken.random();
        Instant idleExpiry = now.plus(this.settings.idleTimeout());
        Instant maxExpiry = startedAt.plus(this.settings.maxLifetime());
        return this.database.sql(INSERT_TOKEN)
            .bind("hash", token.hash())
            .bind("login", loginId)
            .bind("expires", idleExpiry.isBefore(maxExpiry) ? idleExpiry : maxExpiry)
            .fetch()
            .rowsUpdated()
            .thenReturn(token);
    }

    /**
     * Exchanges a refresh token. A token is valid once, and again within the leeway.
     * @param token the token as sent
     * @return the result
     */
    Mono<RefreshResult> refresh(OpaqueToken token) {
        return this.transactions.transactional(this.database.sql(SELECT_FOR_UPDATE)
            .bind("hash", token.hash())
            .map(LoginRepository::toLoginRecord)
            .one()
            .flatMap((loginRecord) -> refresh(token, loginRecord))
            .defaultIfEmpty(new RefreshResult.Unknown()));
    }

    private Mono<RefreshResult> refresh(OpaqueToken token, LoginRecord loginRecord) {
        Instant now = this.clock.instant();
        if (loginRecord.ended() || loginRecord.expires().isBefore(now)) {
            return Mono.just(new RefreshResult.Unknown());
        }
        return this.database.sql(MARK_USED)
            .bind("now", now)
            .bind("since", now.minus(this.settings.leeway()))
            .bind("hash", token.hash())
            .fetch()
            .rowsUpdated()
            .flatMap((count) -> (count == 1) ? rotate(loginRecord, now)
                    : end(loginRecord.person(), loginRecord.login(), "reused")
                        .thenReturn(new RefreshResult.Reused(loginRecord.person(), loginRecord.login())));
    }

    private Mono<RefreshResult> rotate(LoginRecord loginRecord, Instant now) {
        return this.database.sql("update session.login set seen_at = :now where id = :id")
            .bind("now", now)
            .bind("id", loginRecord.login())
            .fetch()
            .rowsUpdated()
            .then(Mono.defer(() -> addToken(loginRecord.login(), loginRecord.begun(), now)))
            .map((nextToken) -> new RefreshResult.Rotated(loginRecord.person(), loginRecord.login(), nextToken));
    }

    /**
     * Ends a login.
     * @param userId the user
     * @param loginId the login to end
     * @param reason the reason in one word
     * @return false if the user has no such active login
     */
    Mono<Boolean> end(UUID userId, UUID loginId, String reason) {
        return bindEnd(END_LOGINS.formatted("id = :id"), userId, reason).bind("id", loginId)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1)
            .doOnSuccess((ignored) -> this.outbox.trigger());
    }

    /**
     * Ends all logins of a user except one.
     * @param userId the user
     * @param keptLoginId the login to keep
     * @param reason the reason in one word
     * @return the number of ended logins
     */
    Mono<Long> endOthers(UUID userId, UUID keptLoginId, String reason) {
        return bindEnd(END_LOGINS.formatted("id <> :id"), userId, reason).bind("id", keptLoginId)
            .fetch()
            .rowsUpdated()
            .doOnSuccess((ignored) -> this.outbox.trigger());
    }

    /**
     * Ends all logins of a user.
     * @param userId the user
     * @param reason the reason in one word
     * @return the number of ended logins
     */
    Mono<Long> endAll(UUID userId, String reason) {
        return bindEnd(END_LOGINS.formatted("true"), userId, reason).fetch()
            .rowsUpdated()
            .doOnSuccess((ignored) -> this.outbox.trigger());
    }

    private DatabaseClient.GenericExecuteSpec bindEnd(String sql, UUID userId, String reason) {
        return this.database.sql(sql).bind("now", this.clock.instant()).bind("why", reason).bind("person", userId);
    }

    Flux<Login> findActive(UUID userId, UUID currentLoginId) {
        return this.database.sql(SELECT_ACTIVE)
            .bind("person", userId)
            .bind("now", this.clock.instant())
            .map((row) -> toLogin(row, currentLoginId))
            .all();
    }

    private static Login toLogin(Readable row, UUID currentLoginId) {
        UUID id = Objects.requireNonNull(row.get("id", UUID.class));
        return new Login(id, Objects.requireNonNull(row.get("begun_at", Instant.class)),
                Objects.requireNonNull(row.get("seen_at", Instant.class)),
                Objects.requireNonNull(row.get("address", String.class)),
                Objects.requireNonNull(row.get("agent", String.class)), id.equals(currentLoginId));
    }

    private static LoginRecord toLoginRecord(Readable row) {
        return new LoginRecord(Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("person", UUID.class)),
                Objects.requireNonNull(row.get("begun_at", Instant.class)), row.get("ended_at", Instant.class) != null,
                Objects.requireNonNull(row.get("expires_at", Instant.class)));
    }

    /**
     * Login as shown to its user.
     *
     * @param id the login ID
     * @param begunAt the time of authentication
     * @param seenAt the time of the last refresh
     * @param address the client address at the start of the login
     * @param agent the user agent at the start of the login
     * @param current whether it is the login of the current request
     */
    record Login(UUID id, Instant begunAt, Instant seenAt, String address, String agent, boolean current) {

    }

    private record LoginRecord(UUID login, UUID person, Instant begun, boolean ended, Instant expires) {

    }

}
