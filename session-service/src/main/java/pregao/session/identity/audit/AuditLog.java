package pregao.session.identity.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.ClientInfo;

/**
 * Repository of audit events. It also counts the events of each type. An event that is
 * recorded inside a transaction exists only if the transaction commits.
 */
@Component
public class AuditLog {

    private static final String INSERT = """
            insert into session.event (at, kind, person, actor, address, detail)
            values (:at, :kind, :person, :actor, :address, :detail)""";

    private static final String SELECT = """
            select id, at, kind, person, actor, address, detail from session.event
            where (:person::uuid is null or person = :person::uuid) and id < :before order by id desc limit :limit""";

    private final DatabaseClient database;

    private final MeterRegistry meterRegistry;

    private final Clock clock;

    AuditLog(DatabaseClient database, MeterRegistry meterRegistry, Clock clock) {
        this.database = database;
        this.meterRegistry = meterRegistry;
        this.clock = clock;
    }

    /**
     * Records an action of a user on their own account.
     * @param kind the event type
     * @param userId the user
     * @param client the client that sent the request
     * @param detail IDs and fixed words that describe the event; never user input
     * @return completes when the event is stored
     */
    public Mono<Void> recordOwn(AuditEventType kind, UUID userId, ClientInfo client, String detail) {
        return record(kind, userId, userId, client, detail);
    }

    /**
     * Records an event.
     * @param kind the event type
     * @param userId the affected user, or null if unknown
     * @param actorId the user who caused the event, or null if unknown
     * @param client the client that sent the request
     * @param detail IDs and fixed words that describe the event; never user input
     * @return completes when the event is stored
     */
    public Mono<Void> record(AuditEventType kind, @Nullable UUID userId, @Nullable UUID actorId, ClientInfo client,
            String detail) {
        return this.database.sql(INSERT)
            .bind("at", this.clock.instant())
            .bind("kind", kind.text())
            .bind("person", (userId != null) ? Parameters.in(userId) : Parameters.in(UUID.class))
            .bind("actor", (actorId != null) ? Parameters.in(actorId) : Parameters.in(UUID.class))
            .bind("address", client.address())
            .bind("detail", detail)
            .fetch()
            .rowsUpdated()
            .doOnNext((count) -> this.meterRegistry.counter("pregao.session.events", "kind", kind.text()).increment())
            .then();
    }

    /**
     * Deletes old events.
     * @param before the time before which events are deleted
     * @return completes when the events are deleted
     */
    public Mono<Void> deleteBefore(Instant before) {
        return this.database.sql("delete from session.event where at < :before")
            .bind("before", before)
            .fetch()
            .rowsUpdated()
            .then();
    }

    Flux<Event> find(@Nullable UUID userId, long before, int limit) {
        return this.database.sql(SELECT)
            .bind("person", (userId != null) ? Parameters.in(userId) : Parameters.in(UUID.class))
            .bind("before", before)
            .bind("limit", limit)
            .map(AuditLog::toEvent)
            .all();
    }

    private static Event toEvent(Readable row) {
        return new Event(Objects.requireNonNull(row.get("id", Long.class)),
                Objects.requireNonNull(row.get("at", Instant.class)),
                Objects.requireNonNull(row.get("kind", String.class)), row.get("person", UUID.class),
                row.get("actor", UUID.class), row.get("address", String.class), row.get("detail", String.class));
    }

    /**
     * Audit event in a response.
     *
     * @param id the sequence number, ascending
     * @param at the time of the event
     * @param kind the event type
     * @param person the ID of the affected user
     * @param actor the ID of the user who caused the event
     * @param address the client address; null after the user was erased
     * @param detail the description of the event
     */
    record Event(long id, Instant at, String kind, @Nullable UUID person, @Nullable UUID actor,
            @Nullable String address, @Nullable String detail) {

    }

}
