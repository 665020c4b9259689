package pregao.session.execution;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
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

/**
 * The table of orders for brokers.
 */
@Component
class Executions {

    private static final String COLUMNS = """
            e.id, e.account, e.person, e.broker, e.body::text body, e.epoch, e.outcome::text outcome, e.created_at,
            e.changed_at""";

    private static final String READ = "select " + COLUMNS + " from session.execution e where ";

    private static final String CHANGE = """
            update session.execution set state = :state, outcome = cast(:outcome as jsonb), broker_id = :number,
              due_at = :due, changed_at = :now where id = :id and state = any(:after)""";

    private static final String DUE = "select " + COLUMNS + """
             from session.execution e join session.broker_account a on a.id = e.account
            where e.due_at < :now and (a.owner = :owner or a.owner is null) order by e.due_at limit :most""";

    private final DatabaseClient database;

    private final JsonMapper json;

    private final Clock clock;

    Executions(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
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
     * Writes what became of an order, unless more is known already.
     * @param execution with the outcome
     * @return false where it is not written
     */
    Mono<Boolean> change(Execution execution) {
        Long number = execution.outcome().number();
        return this.database.sql(CHANGE)
            .bind("id", execution.order().id())
            .bind("state", execution.outcome().state())
            .bind("outcome", execution.outcome().text(this.json))
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

    static Object moment(@Nullable Instant at) {
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

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

}
