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
 * The table of events, and a counter of each kind. What is written inside a transaction
 * is there only if what it tells of is.
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
     * Writes down what somebody did about themselves.
     * @param kind what
     * @param userId who
     * @param client from where
     * @param detail the case in ids and fixed words; never what a person wrote
     * @return when it is written
     */
    public Mono<Void> recordOwn(AuditEventType kind, UUID userId, ClientInfo client, String detail) {
        return record(kind, userId, userId, client, detail);
    }

    /**
     * Writes down what happened.
     * @param kind what
     * @param userId to whom; null where that is not known
     * @param actorId who did it; null where that is not known
     * @param client from where
     * @param detail the case in ids and fixed words; never what a person wrote
     * @return when it is written
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
     * Forgets old events.
     * @param before those of earlier go
     * @return when they are gone
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
     * An event as it is told.
     *
     * @param id rising
     * @param at when
     * @param kind what
     * @param person to whom
     * @param actor who did it
     * @param address from where; gone once the person was erased
     * @param detail the case in words
     */
    record Event(long id, Instant at, String kind, @Nullable UUID person, @Nullable UUID actor,
            @Nullable String address, @Nullable String detail) {

    }

}
