package pregao.session.broker.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Topic;
import pregao.contracts.execution.ExecutionReport;
import pregao.contracts.execution.ExecutionReportCodec;
import pregao.session.outbox.OutboxRepository;

/**
 * The table of orders for brokers.
 */
@Component
class ExecutionRepository {

    /** So long after its validity an order may still arrive, clocks included. */
    private static final Duration ABOUT = OutcomeResolver.ARRIVAL_TIMEOUT.multipliedBy(2);

    private static final String COLUMNS = """
            e.id, e.account, e.person, e.broker, e.body::text body, e.epoch, e.outcome::text outcome, e.created_at,
            e.changed_at""";

    private static final String READ = "select " + COLUMNS + " from session.execution e where ";

    /**
     * A change and its report are one statement, so that there is none without the other.
     */
    private static final String CHANGE = """
            with changed as (
              update session.execution set state = :state, outcome = cast(:outcome as jsonb), broker_id = :number,
                due_at = :due, changed_at = :now where id = :id and state = any(:after) returning id)
            insert into session.outbox (topic, name, value) select :topic, :account, :report from changed""";

    private static final String DUE = "select " + COLUMNS + """
             from session.execution e join session.broker_account a on a.id = e.account
            where e.due_at < :now and (a.owner = :owner or a.owner is null)
              and (e.state = 'placed' and e.named) = :resting order by e.due_at limit :most""";

    private static final String HOLDER = """
            select other.id from session.execution e join session.execution other on other.account = e.account
               and other.symbol = e.symbol and other.broker_id = :number and other.id <> e.id
               and cast(other.created_at at time zone 'UTC' as date) = cast(e.created_at at time zone 'UTC' as date)
             where e.id = :id""";

    private final DatabaseClient database;

    private final OutboxRepository outbox;

    private final JsonMapper json;

    private final Clock clock;

    ExecutionRepository(DatabaseClient database, OutboxRepository outbox, JsonMapper json, Clock clock) {
        this.database = database;
        this.outbox = outbox;
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
     * @param symbol of which instrument; null where numbers do not depend on that
     * @param number the broker's, who may have used it before
     * @return the latest, first of all one that is not over; empty where it is none of
     * ours, or not known to be
     */
    Mono<Execution> withNumber(UUID account, @Nullable String symbol, long number) {
        return this.database
            .sql(READ + "e.account = :account and e.broker_id = :number and e.symbol = coalesce(:symbol, e.symbol) "
                    + "order by (e.state = 'placed') desc, e.created_at desc limit 1")
            .bind("account", account)
            .bind("number", number)
            .bind("symbol", (symbol != null) ? Parameters.in(symbol) : Parameters.in(String.class))
            .map(this::row)
            .one();
    }

    /**
     * The broker's numbers of an account's other orders.
     * @param execution not of this one
     * @return those that could arrive at the broker when it could, so that what is there
     * may be theirs
     */
    Mono<Set<Long>> othersNumbers(Execution execution) {
        return this.database.sql("""
                select broker_id from session.execution where account = :account and id <> :id
                and broker_id is not null and created_at < :to
                and cast(coalesce(body ->> 'valid_until', cast(created_at as text)) as timestamptz) > :from""")
            .bind("account", execution.account())
            .bind("id", execution.order().id())
            .bind("from", execution.order().decidedAt().minus(ABOUT))
            .bind("to", execution.order().validUntil().plus(ABOUT))
            .map((row) -> Objects.requireNonNull(row.get(0, Long.class)))
            .all()
            .collect(Collectors.toSet());
    }

    /**
     * Writes what became of an order, unless more is known already. Where the broker's
     * number of it is another order's, a person must look at both: neither is forgotten.
     * @param execution with the outcome
     * @return as it is written; empty where it is not
     */
    Mono<Execution> write(Execution execution) {
        return changed(
                execution)
            .onErrorResume(DuplicateKeyException.class,
                    (taken) -> holder(execution).switchIfEmpty(Mono.error(taken))
                        .flatMap((holder) -> changed(execution.became(
                                new ExecutionOutcome.Ambiguous(
                                        List.of(Objects.requireNonNull(execution.outcome().number())), holder),
                                execution.changedAt()))));
    }

    private Mono<Execution> changed(Execution execution) {
        Long number = execution.outcome().number();
        return this.database.sql(CHANGE)
            .bind("id", execution.order().id())
            .bind("state", execution.outcome().state())
            .bind("outcome", execution.outcome().text(this.json))
            .bind("number", (number != null) ? Parameters.in(number) : Parameters.in(Long.class))
            .bind("due", moment(execution.dueAt()))
            .bind("now", execution.changedAt())
            .bind("after", execution.outcome().after().toArray(String[]::new))
            .bind("topic", Topic.EXECUTION_REPORT.topicName())
            .bind("account", execution.account().toString())
            .bind("report", report(execution))
            .fetch()
            .rowsUpdated()
            .filter((count) -> count == 1)
            .doOnNext((count) -> this.outbox.trigger())
            .map((count) -> execution);
    }

    private byte[] report(Execution execution) {
        return ExecutionReportCodec
            .encode(new ExecutionReport(execution.order().id(), execution.account(), execution.outcome().status(),
                    execution.outcome().text(this.json), execution.changedAt().toEpochMilli()));
    }

    /** The order of the same account, symbol and day that has a number already. */
    private Mono<UUID> holder(Execution execution) {
        return this.database.sql(HOLDER)
            .bind("id", execution.order().id())
            .bind("number", Objects.requireNonNull(execution.outcome().number()))
            .map((row) -> Objects.requireNonNull(row.get(0, UUID.class)))
            .one();
    }

    /**
     * Orders about which it is time to ask, of accounts that this replica or none owns.
     * @param owner this replica
     * @param resting only orders that rest at their broker, which are many and can wait;
     * otherwise only the others
     * @param most how many at most
     * @return the longest due first
     */
    Flux<Execution> due(UUID owner, boolean resting, int most) {
        return this.database.sql(DUE)
            .bind("now", this.clock.instant())
            .bind("owner", owner)
            .bind("resting", resting)
            .bind("most", most)
            .map(this::row)
            .all();
    }

    /**
     * Has an order asked about later.
     * @param id which
     * @param instant when
     * @return when that is written
     */
    Mono<Void> postpone(UUID id, Instant instant) {
        return this.database.sql("update session.execution set due_at = :at where id = :id and due_at is not null")
            .bind("at", instant)
            .bind("id", id)
            .then();
    }

    static Object moment(@Nullable Instant instant) {
        return (instant != null) ? Parameters.in(instant) : Parameters.in(Instant.class);
    }

    private Execution row(Readable row) {
        UUID id = Objects.requireNonNull(row.get("id", UUID.class));
        return new Execution(this.json.readValue(text(row, "body"), PlaceOrderRequest.class).order(id),
                Objects.requireNonNull(row.get("account", UUID.class)),
                Objects.requireNonNull(row.get("person", UUID.class)), text(row, "broker"),
                Objects.requireNonNull(row.get("epoch", Long.class)),
                this.json.readValue(text(row, "outcome"), ExecutionOutcome.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                Objects.requireNonNull(row.get("changed_at", Instant.class)));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

}
