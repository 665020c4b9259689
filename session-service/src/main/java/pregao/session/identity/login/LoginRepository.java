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
 * The tables of logins and of their refresh tokens.
 */
@Component
class LoginRepository {

    private static final String BEGIN = """
            insert into session.login (id, person, begun_at, seen_at, address, agent)
            values (:id, :person, :now, :now, :address, :agent)""";

    private static final String ADD = """
            insert into session.refresh_token (hash, login, expires_at) values (:hash, :login, :expires)""";

    /** The login's row is locked, so that of two uses of one token one comes second. */
    private static final String FIND = """
            select l.id, l.person, l.begun_at, l.ended_at, t.expires_at
            from session.login l join session.refresh_token t on t.login = l.id where t.hash = :hash for update of l""";

    /**
     * What counts is the first use: a token that is used again and again is not kept
     * alive.
     */
    private static final String USE = """
            update session.refresh_token set used_at = coalesce(used_at, :now)
            where hash = :hash and (used_at is null or used_at > :since)""";

    private static final String LIVING = """
            select id, begun_at, seen_at, address, agent from session.login l
            where person = :person and ended_at is null and exists (
              select from session.refresh_token t where t.login = l.id and t.used_at is null and t.expires_at > :now)
            order by seen_at desc, id""";

    /** Whoever checks tokens hears of it, so each end goes through the outbox. */
    private static final String END = """
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
     * Begins a login.
     * @param login its id
     * @param person whose
     * @param caller from where
     * @return its first refresh token
     */
    Mono<OpaqueToken> begin(UUID login, UUID person, ClientInfo caller) {
        Instant now = this.clock.instant();
        return this.database.sql(BEGIN)
            .bind("id", login)
            .bind("person", person)
            .bind("now", now)
            .bind("address", caller.address())
            .bind("agent", caller.agent())
            .fetch()
            .rowsUpdated()
            .then(Mono.defer(() -> add(login, now, now)));
    }

    private Mono<OpaqueToken> add(UUID login, Instant begun, Instant now) {
        OpaqueToken token = OpaqueToken.random();
        Instant idle = now.plus(this.settings.idleTimeout());
        Instant end = begun.plus(this.settings.maxLifetime());
        return this.database.sql(ADD)
            .bind("hash", token.hash())
            .bind("login", login)
            .bind("expires", idle.isBefore(end) ? idle : end)
            .fetch()
            .rowsUpdated()
            .thenReturn(token);
    }

    /**
     * Takes a refresh token, once, and again within the leeway.
     * @param token as sent
     * @return what came of it
     */
    Mono<RefreshResult> refresh(OpaqueToken token) {
        return this.transactions.transactional(this.database.sql(FIND)
            .bind("hash", token.hash())
            .map(LoginRepository::known)
            .one()
            .flatMap((known) -> refresh(token, known))
            .defaultIfEmpty(new RefreshResult.Unknown()));
    }

    private Mono<RefreshResult> refresh(OpaqueToken token, LoginRecord known) {
        Instant now = this.clock.instant();
        if (known.ended() || known.expires().isBefore(now)) {
            return Mono.just(new RefreshResult.Unknown());
        }
        return this.database.sql(USE)
            .bind("now", now)
            .bind("since", now.minus(this.settings.leeway()))
            .bind("hash", token.hash())
            .fetch()
            .rowsUpdated()
            .flatMap((count) -> (count == 1) ? rotate(known, now) : end(known.person(), known.login(), "reused")
                .thenReturn(new RefreshResult.Reused(known.person(), known.login())));
    }

    private Mono<RefreshResult> rotate(LoginRecord known, Instant now) {
        return this.database.sql("update session.login set seen_at = :now where id = :id")
            .bind("now", now)
            .bind("id", known.login())
            .fetch()
            .rowsUpdated()
            .then(Mono.defer(() -> add(known.login(), known.begun(), now)))
            .map((next) -> new RefreshResult.Rotated(known.person(), known.login(), next));
    }

    /**
     * Ends one login.
     * @param person whose
     * @param login which
     * @param why in a word
     * @return whether it was there and theirs
     */
    Mono<Boolean> end(UUID person, UUID login, String why) {
        return ended(END.formatted("id = :id"), person, why).bind("id", login)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1)
            .doOnSuccess((ended) -> this.outbox.trigger());
    }

    /**
     * Ends all logins of a person but one.
     * @param person whose
     * @param but stays
     * @param why in a word
     * @return how many
     */
    Mono<Long> endOthers(UUID person, UUID but, String why) {
        return ended(END.formatted("id <> :id"), person, why).bind("id", but)
            .fetch()
            .rowsUpdated()
            .doOnSuccess((ended) -> this.outbox.trigger());
    }

    /**
     * Ends all logins of a person.
     * @param person whose
     * @param why in a word
     * @return how many
     */
    Mono<Long> endAll(UUID person, String why) {
        return ended(END.formatted("true"), person, why).fetch()
            .rowsUpdated()
            .doOnSuccess((ended) -> this.outbox.trigger());
    }

    private DatabaseClient.GenericExecuteSpec ended(String sql, UUID person, String why) {
        return this.database.sql(sql).bind("now", this.clock.instant()).bind("why", why).bind("person", person);
    }

    Flux<Login> living(UUID person, UUID current) {
        return this.database.sql(LIVING)
            .bind("person", person)
            .bind("now", this.clock.instant())
            .map((row) -> login(row, current))
            .all();
    }

    private static Login login(Readable row, UUID current) {
        UUID id = Objects.requireNonNull(row.get("id", UUID.class));
        return new Login(id, Objects.requireNonNull(row.get("begun_at", Instant.class)),
                Objects.requireNonNull(row.get("seen_at", Instant.class)),
                Objects.requireNonNull(row.get("address", String.class)),
                Objects.requireNonNull(row.get("agent", String.class)), id.equals(current));
    }

    private static LoginRecord known(Readable row) {
        return new LoginRecord(Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("person", UUID.class)),
                Objects.requireNonNull(row.get("begun_at", Instant.class)), row.get("ended_at", Instant.class) != null,
                Objects.requireNonNull(row.get("expires_at", Instant.class)));
    }

    /**
     * A login as its owner sees it.
     *
     * @param id by which to end it
     * @param begunAt when the password was given
     * @param seenAt when it was last refreshed
     * @param address from where it began
     * @param agent by which program
     * @param current whether it is the one that asks
     */
    record Login(UUID id, Instant begunAt, Instant seenAt, String address, String agent, boolean current) {

    }

    private record LoginRecord(UUID login, UUID person, Instant begun, boolean ended, Instant expires) {

    }

}
