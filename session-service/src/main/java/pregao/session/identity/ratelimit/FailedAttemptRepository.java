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

    private static final String TAKE = """
            insert into session.guess as g (account, until) values (:account, :fresh)
            on conflict (account) do update
              set until = greatest(g.until + make_interval(secs => :every), excluded.until)
              where g.until <= :latest""";

    private static final String GIVE_BACK = """
            update session.guess set until = until - make_interval(secs => :every) where account = :account""";

    private static final String ADDRESSES = """
            select distinct l.address from session.login l join session.person p on p.id = l.person
            where p.email = :email""";

    private static final double MILLIS = 1000;

    private final DatabaseClient database;

    private final Clock clock;

    FailedAttemptRepository(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Takes a try.
     * @param what is guessed
     * @param account whose
     * @param most how many there are at once
     * @param every after which one more is there
     * @return how long to wait, where none is left; else zero
     */
    Mono<Duration> take(GuessTarget what, String account, int most, Duration every) {
        byte[] hash = hash(what, account);
        Instant now = this.clock.instant();
        Instant latest = now.plus(every.multipliedBy(most - 1L));
        return this.database.sql(TAKE)
            .bind("account", hash)
            .bind("fresh", now.plus(every))
            .bind("every", every.toMillis() / MILLIS)
            .bind("latest", latest)
            .fetch()
            .rowsUpdated()
            .flatMap((count) -> (count == 1) ? Mono.just(Duration.ZERO) : wait(hash, latest, every));
    }

    private Mono<Duration> wait(byte[] hash, Instant latest, Duration every) {
        return this.database.sql("select until from session.guess where account = :account")
            .bind("account", hash)
            .map((row) -> Duration.between(latest, Objects.requireNonNull(row.get(0, Instant.class))))
            .one()
            .filter(Duration::isPositive)
            .defaultIfEmpty(every);
    }

    Mono<Void> giveBack(GuessTarget what, String account, Duration every) {
        return this.database.sql(GIVE_BACK)
            .bind("every", every.toMillis() / MILLIS)
            .bind("account", hash(what, account))
            .fetch()
            .rowsUpdated()
            .then();
    }

    Mono<Void> forget(GuessTarget what, String account) {
        return this.database.sql("delete from session.guess where account = :account")
            .bind("account", hash(what, account))
            .fetch()
            .rowsUpdated()
            .then();
    }

    Mono<Void> forgetOld() {
        return this.database.sql("delete from session.guess where until < :now")
            .bind("now", this.clock.instant())
            .fetch()
            .rowsUpdated()
            .then();
    }

    /**
     * Whether a person has logged in from a network before.
     * @param email whose
     * @param caller from there
     * @return as long as the login is kept
     */
    Mono<Boolean> isKnown(String email, ClientInfo caller) {
        return this.database.sql(ADDRESSES)
            .bind("email", email)
            .map((row) -> new ClientInfo(Objects.requireNonNull(row.get(0, String.class)), ""))
            .all()
            .any((before) -> before.network().equals(caller.network()));
    }

    private static byte[] hash(GuessTarget what, String account) {
        return new OpaqueToken(what.name() + " " + account).hash();
    }

}
