package pregao.session.user;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Topic;
import pregao.contracts.session.SessionChange;
import pregao.contracts.session.SessionCodec;
import pregao.contracts.session.SessionEvent;
import pregao.session.access.Caller;
import pregao.session.access.Role;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;
import pregao.session.outbox.Outbox;
import pregao.http.problem.Trouble;

/**
 * Forgets a person: what says who they are goes, and the id stays, under which the ledger
 * knows what was traded. Nothing of theirs works any more. Other services learn of it by
 * the topic {@code session}.
 */
@Component
class Erasure {

    private static final String PERSON = """
            update session.person set email = null, password = null, roles = '{}', totp_secret = null,
              totp_since = null, erased_at = :now where id = :id and erased_at is null""";

    private static final List<String> TRACES = List.of(
            "insert into session.outbox (topic, name) select 'login', id from session.login where person = :id",
            "delete from session.login where person = :id", "delete from session.recovery_code where person = :id",
            "delete from session.stream_wish where person = :id",
            "delete from session.password_reset where person = :id or made_by = :id",
            "delete from session.invitation where made_by = :id and taken_by is null",
            "update session.event set address = null, detail = null where person = :id",
            "update session.event set address = null where actor = :id and person is distinct from :id");

    private static final String KEYS = """
            update session.api_key set label = '', revoked_at = coalesce(revoked_at, :now) where owner = :id
            returning hash""";

    /** Whoever owns one sees at the next beat that it is gone. */
    private static final String BROKER_ACCOUNTS = """
            delete from session.broker_account where person = :id returning id, broker""";

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final People people;

    private final Outbox outbox;

    private final EventLog events;

    private final Clock clock;

    Erasure(DatabaseClient database, TransactionalOperator transactions, People people, Outbox outbox, EventLog events,
            Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.people = people;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Forgets a person.
     * @param id who
     * @param actor who wants it
     * @return when nothing of theirs is left; 404 where there is nobody, 409 for the last
     * admin
     */
    Mono<Void> erase(UUID id, UUID actor) {
        Mono<Void> all = this.people.otherAdmins(id)
            .zipWith(this.people.withId(id).switchIfEmpty(Mono.error(() -> Trouble.notFound().asException())))
            .flatMap((found) -> (found.getT1() == 0 && found.getT2().roles().contains(Role.ADMIN))
                    ? Mono.error(Trouble.conflict("last-admin", "Somebody must run the installation").asException())
                    : forget(id))
            .then(this.events.add(EventKind.ERASED, id, actor, Caller.service(), ""));
        return this.transactions.transactional(all).doOnSuccess((done) -> this.outbox.call());
    }

    private Mono<Void> forget(UUID id) {
        return this.database.sql(KEYS)
            .bind("now", this.clock.instant())
            .bind("id", id)
            .map((row) -> String.valueOf(row.get(0, String.class)))
            .all()
            .collectList()
            .flatMapMany(Flux::fromIterable)
            .concatMap((hash) -> this.outbox.add(Topic.KEY, hash))
            .thenMany(Flux.fromIterable(TRACES)
                .concatMap((sql) -> this.database.sql(sql).bind("id", id).fetch().rowsUpdated()))
            .then(forgetBrokerAccounts(id))
            .then(this.database.sql(PERSON)
                .bind("now", this.clock.instant())
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .then());
    }

    private Mono<Void> forgetBrokerAccounts(UUID id) {
        return this.database.sql(BROKER_ACCOUNTS)
            .bind("id", id)
            .map((row) -> new SessionEvent(Objects.requireNonNull(row.get(0, UUID.class)), id,
                    String.valueOf(row.get(1, String.class)), SessionChange.ACCOUNT_REMOVED, "", this.clock.millis()))
            .all()
            .collectList()
            .flatMapMany(Flux::fromIterable)
            .concatWith(Mono.fromSupplier(() -> SessionEvent.erased(id, this.clock.millis())))
            .concatMap((event) -> this.outbox.happened(Topic.SESSION, id.toString(), SessionCodec.encode(event)))
            .then();
    }

}
