package pregao.session.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pregao.session.account.BrokerSettings;
import pregao.session.account.StoredAccount;
import pregao.session.broker.BrokerAccount;
import pregao.session.broker.BrokerOrder;
import pregao.session.broker.Placement;

/**
 * The table of orders for brokers.
 */
@Component
class Executions {

    private static final String COLUMNS = """
            e.id, e.account, e.person, e.broker, e.body::text body, e.epoch, e.outcome::text outcome, e.created_at,
            e.changed_at""";

    private static final String READ = "select " + COLUMNS + " from session.execution e where ";

    /**
     * One statement, so that no lock is left where this process stands still: the row is
     * there only if the epoch is still ours and nothing that it could be taken for is
     * unresolved.
     */
    private static final String ADD = """
            insert into session.execution (id, account, person, broker, money, symbol, side, named, body, epoch, state,
              outcome, due_at, created_at, changed_at)
            select :id, id, person, broker, :money, :symbol, :side, :named, cast(:body as jsonb), epoch, :state,
              cast(:outcome as jsonb), cast(:due as timestamptz), cast(:now as timestamptz), cast(:now as timestamptz)
            from session.broker_account where id = :account and owner = :owner and epoch = :epoch
            on conflict do nothing""";

    private static final String FOUND = """
            select real_money, exists (select from session.execution where id = :id),
              (select state from session.execution where account = :account and symbol = :symbol and side = :side
                and state in ('sending', 'unknown') and not named and not :named)
            from session.broker_account where id = :account and owner = :owner and epoch = :epoch""";

    private static final String CHANGE = """
            update session.execution set state = :state, outcome = cast(:outcome as jsonb), broker_id = :number,
              due_at = :due, changed_at = :now where id = :id and state = any(:after)""";

    private static final String DUE = "select " + COLUMNS + """
             from session.execution e join session.broker_account a on a.id = e.account
            where e.due_at < :now and (a.owner = :owner or a.owner is null) order by e.due_at limit :most""";

    /** So long an order waits for one on its way that it could be taken for. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(25);

    private static final int TRIES = 200;

    private final DatabaseClient database;

    private final BrokerSettings settings;

    private final JsonMapper json;

    private final Clock clock;

    Executions(DatabaseClient database, BrokerSettings settings, JsonMapper json, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    Mono<Execution> withId(UUID id) {
        return this.database.sql(READ + "e.id = :id").bind("id", id).map(this::row).one();
    }

    Flux<Execution> of(UUID account, int most) {
        return this.database.sql(READ + "e.account = :account order by e.created_at desc limit :most")
            .bind("account", account)
            .bind("most", most)
            .map(this::row)
            .all();
    }

    /**
     * An order that the broker knows by a number.
     * @param account from which account
     * @param number the broker's
     * @return empty where it is none of ours, or not known to be
     */
    Mono<Execution> withNumber(UUID account, long number) {
        return this.database.sql(READ + "e.account = :account and e.broker_id = :number")
            .bind("account", account)
            .bind("number", number)
            .map(this::row)
            .one();
    }

    /**
     * The broker's numbers of an account's other orders.
     * @param execution not of this one
     * @return those that came near enough in time to be taken for it
     */
    Mono<Set<Long>> othersNumbers(Execution execution) {
        return this.database.sql("""
                select broker_id from session.execution where account = :account and id <> :id
                and broker_id is not null and created_at > :from and created_at < :to""")
            .bind("account", execution.account())
            .bind("id", execution.order().id())
            .bind("from", execution.createdAt().minusSeconds(3600))
            .bind("to", execution.createdAt().plusSeconds(3600))
            .map((row) -> Objects.requireNonNull(row.get(0, Long.class)))
            .all()
            .collect(Collectors.toSet());
    }

    /**
     * Writes an order down before it is sent.
     * @param order which
     * @param account as this replica owns it
     * @param named whether the broker keeps its id
     * @return as it is written, {@code sending} where it may be sent; empty where this
     * replica does not own the account any more, or where the order is there already
     */
    Mono<Execution> begin(BrokerOrder order, StoredAccount account, boolean named) {
        Instant end = earlier(this.clock.instant().plus(PATIENCE), order.validUntil().minus(PAUSE));
        return Mono.defer(() -> written(order, account, named, end))
            .repeatWhenEmpty(TRIES, (again) -> again.delayElements(PAUSE))
            .onErrorResume(IllegalStateException.class, (inVain) -> Mono.just(Optional.empty()))
            .flatMap(Mono::justOrEmpty);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Tries once.
     * @return as it is written; nothing where it cannot be; empty where something alike
     * is on its way, or came between
     */
    private Mono<Optional<Execution>> written(BrokerOrder order, StoredAccount account, boolean named, Instant end) {
        Instant now = this.clock.instant();
        Execution sending = new Execution(order, account.id(), account.person(), account.broker(), account.epoch(),
                new Outcome.Sending(), now, now);
        return this.database.sql(FOUND)
            .bind("id", order.id())
            .bind("named", named)
            .bind("account", account.id())
            .bind("symbol", sending.order().symbol())
            .bind("side", sending.side())
            .bind("owner", Objects.requireNonNull(account.owner()))
            .bind("epoch", account.epoch())
            .map((row) -> new Before(isTrue(row, 0), isTrue(row, 1), row.get(2, String.class)))
            .one()
            .filter((before) -> !before.known())
            .map(Optional::of)
            .defaultIfEmpty(Optional.empty())
            .filter((before) -> before.isEmpty() || !before.get().isAlikeOnItsWay() || now.isAfter(end))
            .map((before) -> before.map((known) -> checked(sending, known)))
            .filterWhen((wished) -> wished.map((execution) -> add(execution, account, named)).orElse(Mono.just(true)));
    }

    private Execution checked(Execution sending, Before before) {
        BrokerOrder order = sending.order();
        Instant now = sending.createdAt();
        if (order.account() != BrokerAccount.DEMO && !(before.realMoney() && this.settings.realMoney())) {
            return sending.became(new Outcome.NotSent(Placement.Why.REAL_MONEY_OFF, "real money is switched off"), now);
        }
        if (now.isAfter(order.validUntil())) {
            return sending
                .became(new Outcome.NotSent(Placement.Why.TOO_LATE, "it was valid until " + order.validUntil()), now);
        }
        return (before.alike() != null) ? sending.became(new Outcome.NotSent(Placement.Why.UNRESOLVED,
                "an earlier order for the same symbol and direction is not resolved"), now) : sending;
    }

    private Mono<Boolean> add(Execution execution, StoredAccount account, boolean named) {
        BrokerOrder order = execution.order();
        return this.database.sql(ADD)
            .bind("id", order.id())
            .bind("account", execution.account())
            .bind("owner", Objects.requireNonNull(account.owner()))
            .bind("money", order.account().name().toLowerCase(Locale.ROOT))
            .bind("symbol", order.symbol())
            .bind("side", execution.side())
            .bind("named", named)
            .bind("body", this.json.writeValueAsString(OrderWish.of(order)))
            .bind("epoch", execution.epoch())
            .bind("state", execution.outcome().state())
            .bind("outcome", text(execution.outcome()))
            .bind("due", moment(execution.dueAt()))
            .bind("now", execution.createdAt())
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    /**
     * Writes what became of an order, unless more is known already.
     * @param execution with the outcome
     * @return false where it is not written
     */
    Mono<Boolean> change(Execution execution) {
        Long number = execution.outcome().number();
        return this.database.sql(CHANGE)
            .bind("id", execution.order().id())
            .bind("state", execution.outcome().state())
            .bind("outcome", text(execution.outcome()))
            .bind("number", (number != null) ? Parameters.in(number) : Parameters.in(Long.class))
            .bind("due", moment(execution.dueAt()))
            .bind("now", execution.changedAt())
            .bind("after", execution.outcome().after().toArray(String[]::new))
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    /**
     * Orders about which it is time to ask, of accounts that this replica or none owns.
     * @param owner this replica
     * @param most how many at most
     * @return the longest due first
     */
    Flux<Execution> due(UUID owner, int most) {
        return this.database.sql(DUE)
            .bind("now", this.clock.instant())
            .bind("owner", owner)
            .bind("most", most)
            .map(this::row)
            .all();
    }

    /**
     * Has an order asked about later.
     * @param id which
     * @param at when
     * @return when that is written
     */
    Mono<Void> postpone(UUID id, Instant at) {
        return this.database.sql("update session.execution set due_at = :at where id = :id and due_at is not null")
            .bind("at", at)
            .bind("id", id)
            .then();
    }

    private String text(Outcome outcome) {
        return this.json.writerFor(Outcome.class).writeValueAsString(outcome);
    }

    private static Object moment(@Nullable Instant at) {
        return (at != null) ? Parameters.in(at) : Parameters.in(Instant.class);
    }

    private Execution row(Readable row) {
        UUID id = Objects.requireNonNull(row.get("id", UUID.class));
        return new Execution(this.json.readValue(text(row, "body"), OrderWish.class).order(id),
                Objects.requireNonNull(row.get("account", UUID.class)),
                Objects.requireNonNull(row.get("person", UUID.class)), text(row, "broker"),
                Objects.requireNonNull(row.get("epoch", Long.class)),
                this.json.readValue(text(row, "outcome"), Outcome.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                Objects.requireNonNull(row.get("changed_at", Instant.class)));
    }

    private static boolean isTrue(Readable row, int column) {
        return Boolean.TRUE.equals(row.get(column, Boolean.class));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

}
