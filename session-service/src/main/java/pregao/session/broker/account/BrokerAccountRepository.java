package pregao.session.broker.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Topic;
import pregao.contracts.session.BrokerSessionEvent;
import pregao.contracts.session.BrokerSessionEventCodec;
import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.outbox.OutboxRepository;
import pregao.webapi.problem.ProblemDefinition;

/**
 * The repository of broker accounts. Only the owner of an account writes its state.
 */
@Component
public class BrokerAccountRepository {

    private static final String SELECT = """
            select id, person, broker, label, state, state_since, reason, owner, epoch, real_money, shares_prices, created_at
            from session.broker_account where\s""";

    private static final String INSERT = """
            insert into session.broker_account (id, person, broker, label, credentials, state, state_since, wanted,
              owner, epoch, created_at)
            values (:id, :person, :broker, :label, :credentials, :state, :now, :wanted, :owner, :epoch, :now)""";

    private static final String UPDATE_STATE = """
            update session.broker_account set state = :state, state_since = :now, reason = :reason
            where id = :id and owner = :owner and epoch = :epoch""";

    /**
     * Releases the ownership. The credentials stay even if the broker rejects them,
     * because the cause may be an IP address or a permission, and only the user decides
     * what is deleted.
     */
    private static final String RELEASE = """
            update session.broker_account set state = :state, state_since = :now, reason = :reason, wanted = false,
              owner = null, epoch = epoch + 1
            where id = :id and owner = :owner and epoch = :epoch""";

    private static final String UPDATE_CREDENTIALS = """
            update session.broker_account set credentials = :credentials, wanted = true
            where id = :id and owner = :owner and epoch = :epoch""";

    private static final String DELETE_UNANSWERED = """
            delete from session.broker_account
            where state = 'code_wanted' and credentials is null and state_since < :before
            returning id, person, broker""";

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final OutboxRepository outbox;

    private final Clock clock;

    BrokerAccountRepository(DatabaseClient database, TransactionalOperator transactions, OutboxRepository outbox,
            Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Finds an account.
     * @param id the ID of the account
     * @return the account, or empty if it does not exist
     */
    public Mono<BrokerAccount> findById(UUID id) {
        return this.database.sql(SELECT + "id = :id").bind("id", id).map(BrokerAccountRepository::toAccount).one();
    }

    /**
     * Finds an account of a user.
     * @param id the ID of the account
     * @param userId the user
     * @return the account, or empty if the user has no such account
     */
    public Mono<BrokerAccount> findByIdAndUser(UUID id, UUID userId) {
        return findById(id).filter((account) -> account.person().equals(userId));
    }

    /**
     * Returns an account of a user.
     * @param id the ID of the account
     * @param userId the user
     * @return the account, or a 404 problem if the user has no such account
     */
    public Mono<BrokerAccount> getByIdAndUser(UUID id, UUID userId) {
        return findByIdAndUser(id, userId).switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    Flux<BrokerAccount> findByUser(UUID userId) {
        return this.database.sql(SELECT + "person = :person order by created_at, id")
            .bind("person", userId)
            .map(BrokerAccountRepository::toAccount)
            .all();
    }

    /**
     * Finds the stored credentials of an account.
     * @param id the ID of the account
     * @return the encrypted credentials, or empty if none are stored
     */
    Mono<byte[]> findCredentials(UUID id) {
        return this.database
            .sql("select credentials from session.broker_account where id = :id and credentials is not null")
            .bind("id", id)
            .map((row) -> Objects.requireNonNull(row.get(0, byte[].class)))
            .one();
    }

    /**
     * Adds an account and publishes its state.
     * @param account the account
     * @param credentials the encrypted credentials, or null
     * @return completes when the account is added
     */
    Mono<Void> add(BrokerAccount account, byte @Nullable [] credentials) {
        DatabaseClient.GenericExecuteSpec insert = this.database.sql(INSERT)
            .bind("id", account.id())
            .bind("person", account.person())
            .bind("broker", account.broker())
            .bind("label", account.label())
            .bind("state", account.state().text())
            .bind("now", account.since())
            .bind("wanted", credentials != null)
            .bind("owner", Objects.requireNonNull(account.owner()))
            .bind("epoch", account.epoch());
        insert = (credentials != null) ? insert.bind("credentials", credentials)
                : insert.bindNull("credentials", byte[].class);
        return publishIfUpdated(account, account.state(), "", insert.fetch().rowsUpdated()).then();
    }

    /**
     * Updates the state of a session.
     * @param account the account with its owner and epoch
     * @param change the new state
     * @param reason the reason, for the user
     * @return false if another replica owns the account now
     */
    Mono<Boolean> updateState(BrokerAccount account, BrokerSessionEventType change, String reason) {
        return publishIfUpdated(account, change, reason,
                bindState(UPDATE_STATE, account, change, reason).fetch().rowsUpdated());
    }

    /**
     * Updates the state of a session that is not kept open any more, and releases the
     * account.
     * @param account the account with its owner and epoch
     * @param change the new state
     * @param reason the reason, for the user
     * @return false if another replica owns the account now
     */
    Mono<Boolean> release(BrokerAccount account, BrokerSessionEventType change, String reason) {
        return publishIfUpdated(account, change, reason,
                bindState(RELEASE, account, change, reason).fetch().rowsUpdated());
    }

    /**
     * Saves the credentials of an account.
     * @param account the account with its owner and epoch
     * @param credentials the encrypted credentials
     * @return false if another replica owns the account now
     */
    Mono<Boolean> saveCredentials(BrokerAccount account, byte[] credentials) {
        return bindOwner(UPDATE_CREDENTIALS, account).bind("credentials", credentials)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    /**
     * Deletes an account and publishes the event in one transaction.
     * @param account the account
     * @return completes when the account is deleted
     */
    Mono<Void> delete(BrokerAccount account) {
        return publishIfUpdated(account, BrokerSessionEventType.ACCOUNT_REMOVED, "the account was deleted",
                this.database.sql("delete from session.broker_account where id = :id")
                    .bind("id", account.id())
                    .fetch()
                    .rowsUpdated())
            .then();
    }

    Mono<Void> setRealMoney(UUID id, boolean allowed) {
        return this.database.sql("update session.broker_account set real_money = :allowed where id = :id")
            .bind("allowed", allowed)
            .bind("id", id)
            .then();
    }

    Mono<Void> setSharesPrices(UUID id, boolean allowed) {
        return this.database.sql("update session.broker_account set shares_prices = :allowed where id = :id")
            .bind("allowed", allowed)
            .bind("id", id)
            .then();
    }

    /**
     * Deletes accounts whose first login never received its code.
     * @param before accounts that are older than this time are deleted
     * @return completes when they are deleted
     */
    Mono<Void> deleteUnanswered(Instant before) {
        return this.transactions
            .transactional(this.database.sql(DELETE_UNANSWERED)
                .bind("before", before)
                .map((row) -> new BrokerSessionEvent(row.get("id", UUID.class),
                        Objects.requireNonNull(row.get("person", UUID.class)), getText(row, "broker"),
                        BrokerSessionEventType.ACCOUNT_REMOVED, "the code never came", this.clock.millis()))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap((event) -> this.outbox.enqueueEvent(Topic.SESSION, event.user().toString(),
                        BrokerSessionEventCodec.encode(event))))
            .then();
    }

    private DatabaseClient.GenericExecuteSpec bindState(String sql, BrokerAccount account,
            BrokerSessionEventType change, String reason) {
        return bindOwner(sql, account).bind("state", change.text())
            .bind("now", this.clock.instant())
            .bind("reason", reason);
    }

    private DatabaseClient.GenericExecuteSpec bindOwner(String sql, BrokerAccount account) {
        return this.database.sql(sql)
            .bind("id", account.id())
            .bind("owner", Objects.requireNonNull(account.owner()))
            .bind("epoch", account.epoch());
    }

    private Mono<Boolean> publishIfUpdated(BrokerAccount account, BrokerSessionEventType change, String reason,
            Mono<Long> update) {
        BrokerSessionEvent event = new BrokerSessionEvent(account.id(), account.person(), account.broker(), change,
                reason, this.clock.millis());
        return this.transactions
            .transactional(update.filter((count) -> count == 1)
                .delayUntil((count) -> this.outbox.enqueueEvent(Topic.SESSION, account.person().toString(),
                        BrokerSessionEventCodec.encode(event))))
            .doOnNext((count) -> this.outbox.trigger())
            .hasElement();
    }

    private static BrokerAccount toAccount(Readable row) {
        return new BrokerAccount(Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("person", UUID.class)), getText(row, "broker"), getText(row, "label"),
                BrokerSessionEventType.valueOf(getText(row, "state").toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(row.get("state_since", Instant.class)), getText(row, "reason"),
                row.get("owner", UUID.class), Objects.requireNonNull(row.get("epoch", Long.class)),
                Boolean.TRUE.equals(row.get("real_money", Boolean.class)),
                Boolean.TRUE.equals(row.get("shares_prices", Boolean.class)),
                Objects.requireNonNull(row.get("created_at", Instant.class)));
    }

    private static String getText(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

}
