package pregao.strategy.account;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table of those who want nothing opened any more. Whoever makes an order reads it in
 * the same transaction, so it holds from the moment it is written.
 */
@Component
public class KillSwitchService {

    private final JdbcClient database;

    private final Clock clock;

    KillSwitchService(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Stops everything of a person, or of everybody. A switch that is pulled again has
     * the level and the reason of the last time.
     * @param userId whose, or {@link AccountRepository#ALL_USERS}
     * @param actorId who wants it
     * @param level how far it goes
     * @param reason in words
     */
    public void activate(UUID userId, UUID actorId, KillLevel level, String reason) {
        this.database
            .sql("""
                    insert into strategy.kill_switch (person, by, level, reason, at) values (:person, :by, :level, :reason, :now)
                    on conflict (person) do update set by = excluded.by, level = excluded.level, reason = excluded.reason,
                      at = excluded.at""")
            .param("person", userId)
            .param("by", actorId)
            .param("level", level.text())
            .param("reason", reason)
            .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    }

    /**
     * Lets things be opened again.
     * @param userId whose, or {@link AccountRepository#ALL_USERS}
     */
    public void deactivate(UUID userId) {
        this.database.sql("delete from strategy.kill_switch where person = :person").param("person", userId).update();
    }

    /**
     * What keeps a person from opening anything.
     * @param userId whose
     * @return their own switch, that of everybody, both or none
     */
    public List<ActiveKillSwitch> findActive(UUID userId) {
        return this.database.sql(
                "select person, reason, at, level from strategy.kill_switch where person in (:person, :all) order by at")
            .param("person", userId)
            .param("all", AccountRepository.ALL_USERS)
            .query((row, rowNumber) -> new ActiveKillSwitch(
                    row.getObject(1, UUID.class).equals(AccountRepository.ALL_USERS) ? "everybody" : "own",
                    row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4)))
            .list();
    }

    /**
     * A switch that is pulled.
     *
     * @param of {@code own} or {@code everybody}
     * @param reason in words
     * @param at when
     * @param level {@code block}, {@code cancel} or {@code flatten}
     */
    public record ActiveKillSwitch(String of, String reason, java.time.Instant at, String level) {

    }

}
