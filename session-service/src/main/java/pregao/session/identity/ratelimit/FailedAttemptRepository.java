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
 * Repository of failed attempts by account, shared by all replicas. A row holds one time:
 * when all attempts of the account are restored. An attempt moves it forward and is
 * rejected if it would move too far ahead of the current time. So one statement both
 * counts and limits, and a row is obsolete once its time has passed (generic cell rate
 * algorithm).
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
     * Consumes an attempt.
     * @param target what is guessed
     * @param account the account
     * @param capacity the maximum number of consecutive attempts
     * @param refillInterval the time to restore one attempt
     * @return zero if the attempt is allowed, or else the time to wait
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
     * Returns whether a user has logged in from a network before.
     * @param email the email address of the user
     * @param client the client, which determines the network
     * @return true while such a login is retained
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
