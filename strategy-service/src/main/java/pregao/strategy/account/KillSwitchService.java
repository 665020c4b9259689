package pregao.strategy.account;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Manages kill switches, which prevent users from opening positions. Each transaction
 * that creates an order reads the table, so a switch takes effect as soon as it is
 * committed.
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
     * Activates the kill switch of a user, or of all users. If the switch is already
     * active, its level and its reason are replaced.
     * @param userId the user to stop, or {@link AccountRepository#ALL_USERS}
     * @param actorId the user who activates the switch
     * @param level the effect of the switch
     * @param reason the reason, as free text
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
     * Deactivates a kill switch.
     * @param userId the user to release, or {@link AccountRepository#ALL_USERS}
     */
    public void deactivate(UUID userId) {
        this.database.sql("delete from strategy.kill_switch where person = :person").param("person", userId).update();
    }

    /**
     * Returns the active kill switches that apply to a user.
     * @param userId the user
     * @return the switch of the user and the switch of all users, as far as they are
     * active, oldest first
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
     * An active kill switch.
     *
     * @param of {@code own} for the switch of the user, {@code everybody} for that of all
     * users
     * @param reason the reason, as free text
     * @param at the time of the activation
     * @param level {@code block}, {@code cancel} or {@code flatten}
     */
    public record ActiveKillSwitch(String of, String reason, java.time.Instant at, String level) {

    }

}
