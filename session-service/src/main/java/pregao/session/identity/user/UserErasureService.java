package pregao.session.identity.user;

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
import pregao.contracts.session.BrokerSessionEvent;
import pregao.contracts.session.BrokerSessionEventCodec;
import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.security.Role;
import pregao.session.outbox.OutboxRepository;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Service that erases users. It deletes all personal data but keeps the user ID, under
 * which the ledger records trades. Logins and API keys become invalid. Other services
 * learn of the erasure by the topic {@code session}.
 */
@Component
class UserErasureService {

    private static final String ERASE_USER = """
            update session.person set email = null, password = null, roles = '{}', totp_secret = null,
              totp_since = null, erased_at = :now where id = :id and erased_at is null""";

    private static final List<String> DELETE_TRACES = List.of(
            "insert into session.outbox (topic, name) select 'login', id from session.login where person = :id",
            "delete from session.login where person = :id", "delete from session.recovery_code where person = :id",
            "delete from session.stream_wish where person = :id",
            "delete from session.password_reset where person = :id or made_by = :id",
            "delete from session.invitation where made_by = :id and taken_by is null",
            "update session.event set address = null, detail = null where person = :id",
            "update session.event set address = null where actor = :id and person is distinct from :id");

    private static final String REVOKE_KEYS = """
            update session.api_key set label = '', revoked_at = coalesce(revoked_at, :now) where owner = :id
            returning hash""";

    /**
     * Deletes broker accounts. The replica that owns a session detects this at its next
     * heartbeat.
     */
    private static final String DELETE_BROKER_ACCOUNTS = """
            delete from session.broker_account where person = :id returning id, broker""";

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final UserRepository users;

    private final OutboxRepository outbox;

    private final AuditLog auditLog;

    private final Clock clock;

    UserErasureService(DatabaseClient database, TransactionalOperator transactions, UserRepository users,
            OutboxRepository outbox, AuditLog auditLog, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.users = users;
        this.outbox = outbox;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /**
     * Erases a user.
     * @param userId the user to erase
     * @param actorId the user who requests the erasure
     * @return completes when the data is deleted; 404 if there is no such user, 409 for
     * the last admin
     */
    Mono<Void> erase(UUID userId, UUID actorId) {
        Mono<Void> erasure = this.users.countOtherAdmins(userId)
            .zipWith(this.users.findById(userId)
                .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException())))
            .flatMap((adminsAndAccount) -> (adminsAndAccount.getT1() == 0
                    && adminsAndAccount.getT2().roles().contains(Role.ADMIN))
                            ? Mono.error(UserAdministrationService::lastAdmin) : deletePersonalData(userId))
            .then(this.auditLog.record(AuditEventType.ERASED, userId, actorId, ClientInfo.service(), ""));
        return this.transactions.transactional(erasure).doOnSuccess((ignored) -> this.outbox.trigger());
    }

    private Mono<Void> deletePersonalData(UUID userId) {
        return this.database.sql(REVOKE_KEYS)
            .bind("now", this.clock.instant())
            .bind("id", userId)
            .map((row) -> String.valueOf(row.get(0, String.class)))
            .all()
            .collectList()
            .flatMapMany(Flux::fromIterable)
            .concatMap((hash) -> this.outbox.enqueueState(Topic.KEY, hash))
            .thenMany(Flux.fromIterable(DELETE_TRACES)
                .concatMap((sql) -> this.database.sql(sql).bind("id", userId).fetch().rowsUpdated()))
            .then(deleteBrokerAccounts(userId))
            .then(this.database.sql(ERASE_USER)
                .bind("now", this.clock.instant())
                .bind("id", userId)
                .fetch()
                .rowsUpdated()
                .then());
    }

    private Mono<Void> deleteBrokerAccounts(UUID userId) {
        return this.database.sql(DELETE_BROKER_ACCOUNTS)
            .bind("id", userId)
            .map((row) -> new BrokerSessionEvent(Objects.requireNonNull(row.get(0, UUID.class)), userId,
                    String.valueOf(row.get(1, String.class)), BrokerSessionEventType.ACCOUNT_REMOVED, "",
                    this.clock.millis()))
            .all()
            .collectList()
            .flatMapMany(Flux::fromIterable)
            .concatWith(Mono.fromSupplier(() -> BrokerSessionEvent.erased(userId, this.clock.millis())))
            .concatMap((event) -> this.outbox.enqueueEvent(Topic.SESSION, userId.toString(),
                    BrokerSessionEventCodec.encode(event)))
            .then();
    }

}
