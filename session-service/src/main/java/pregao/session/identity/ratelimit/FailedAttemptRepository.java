package pregao.session.identity.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.token.OpaqueToken;

/**
 * The table of wrong tries at accounts, which all replicas count together. A row is one
 * moment: when all tries of an account are back. A try moves it on, and is refused where
 * it would come too far ahead; so one statement counts, and a row says nothing once its
 * moment is over.
 */
@Component
class FailedAttemptRepository {

    private static final String CONSUME = """
            insert into session.guess as g (account, until) values (:account, :fresh)
            on conflict (account) do update
              set until = greatest(g.until + make_interval(secs => :every), excluded.until)
              where g.until <= :latest""";

    private static final String RESTORE = """
            update session.guess set until = until - make_interval(secs => :every) where account = :account""";

    private static final String SELECT_ADDRESSES = """
            select distinct l.address from session.login l join session.person p on p.id = l.person
            where p.email = :email""";

    private static final double MILLIS_PER_SECOND = 1000;

    private final DatabaseClient database;

    private final Clock clock;

    FailedAttemptRepository(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Takes a try.
     * @param target is guessed
     * @param account whose
     * @param capacity how many there are at once
     * @param refillInterval after which one more is there
     * @return how long to wait, where none is left; else zero
     */
    Mono<Duration> consume(GuessTarget target, String account, int capacity, Duration refillInterval) {
        byte[] hash = computeHash(target, account);
        Instant now = this.clock.instant();
        Instant latest = now.plus(refillInterval.multipliedBy(capacity - 1L));
        return this.database.sql(CONSUME)
            .bind("account", hash)
            .bind("fresh", now.plus(refillInterval))
            .bind("every", refillInterval.toMillis() / MILLIS_PER_SECOND)
            .bind("latest", latest)
            .fetch()
            .rowsUpdated()
            .flatMap((count) -> (count == 1) ? Mono.just(Duration.ZERO) : findWait(hash, latest, refillInterval));
    }

    private Mono<Duration> findWait(byte[] hash, Instant latest, Duration refillInterval) {
        return this.database.sql("select until from session.guess where account = :account")
            .bind("account", hash)
            .map((row) -> Duration.between(latest, Objects.requireNonNull(row.get(0, Instant.class))))
            .one()
            .filter(Duration::isPositive)
            .defaultIfEmpty(refillInterval);
    }

    Mono<Void> restore(GuessTarget target, String account, Duration refillInterval) {
        return this.database.sql(RESTORE)
            .bind("every", refillInterval.toMillis() / MILLIS_PER_SECOND)
            .bind("account", computeHash(target, account))
            .fetch()
            .rowsUpdated()
            .then();
    }

    Mono<Void> reset(GuessTarget target, String account) {
        return this.database.sql("delete from session.guess where account = :account")
            .bind("account", computeHash(target, account))
            .fetch()
            .rowsUpdated()
            .then();
    }

    Mono<Void> deleteExpired() {
        return this.database.sql("delete from session.guess where until < :now")
            .bind("now", this.clock.instant())
            .fetch()
            .rowsUpdated()
            .then();
    }

    /**
     * Whether a person has logged in from a network before.
     * @param email whose
     * @param client from there
     * @return as long as the login is kept
     */
    Mono<Boolean> isKnownNetwork(String email, ClientInfo client) {
        return this.database.sql(SELECT_ADDRESSES)
            .bind("email", email)
            .map((row) -> new ClientInfo(Objects.requireNonNull(row.get(0, String.class)), ""))
            .all()
            .any((previous) -> previous.network().equals(client.network()));
    }

    private static byte[] computeHash(GuessTarget target, String account) {
        return new OpaqueToken(target.name() + " " + account).hash();
    }

}
