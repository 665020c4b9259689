package pregao.strategy.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.strategy.account.AccountRepository;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;

/**
 * Finds the orders that are due, and claims them for this replica.
 */
@Component
class PendingOrderRepository {

    private static final Duration CLAIM_DURATION = Duration.ofSeconds(1);

    private static final int BATCH_SIZE = 200;

    // An order that a kill switch cancels is not sent while it is valid. After that,
    // session-service reports its outcome.
    private static final String CLAIM = """
            update strategy.order_ set due_at = :later where id in (
              select id from strategy.order_ o where due_at < :now and id <> all(:busy)
                and not (state = 'new' and purpose = 'open' and valid_until > :now and exists (
                  select from strategy.kill_switch k where k.person in (o.person, :all) and k.level <> 'block'))
              order by due_at limit :most for update skip locked)
            returning\s""" + OrderRepository.COLUMNS;

    private final JdbcClient database;

    private final Clock clock;

    PendingOrderRepository(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Returns the due orders. Other replicas skip them for the duration of the claim. */
    List<Order> claim(Set<UUID> inFlightIds) {
        Instant now = this.clock.instant();
        return this.database.sql(CLAIM)
            .param("later", now.plus(CLAIM_DURATION).atOffset(ZoneOffset.UTC))
            .param("now", now.minusMillis(100).atOffset(ZoneOffset.UTC))
            .param("all", AccountRepository.ALL_USERS)
            .param("busy", inFlightIds.toArray(UUID[]::new))
            .param("most", BATCH_SIZE)
            .query((row, number) -> OrderRepository.mapRow(row))
            .list();
    }

    /** Returns whether no outcome of an order is stored yet. */
    boolean isNew(UUID id) {
        return this.database.sql("select exists (select from strategy.order_ where id = :id and state = 'new')")
            .param("id", id)
            .query(Boolean.class)
            .single();
    }

    void reschedule(UUID id, Instant dueAt) {
        this.database.sql("update strategy.order_ set due_at = :at where id = :id and due_at is not null")
            .param("at", dueAt.atOffset(ZoneOffset.UTC))
            .param("id", id)
            .update();
    }

}
