package pregao.strategy.manualorder;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit trail of the manual actions of users, in {@code strategy.manual_action}.
 */
final class ManualActionLog {

    private ManualActionLog() {
    }

    /**
     * Adds an action.
     * @param database the client, in whose transaction the action is stored
     * @param userId the user who acts
     * @param action the action, such as {@code close}
     * @param target the target, such as {@code position} and its id
     * @param now the current time
     */
    static void add(JdbcClient database, UUID userId, String action, String target, Instant now) {
        database.sql("""
                insert into strategy.manual_action (person, action, target, reason, at)
                values (:person, :action, :target, '', :now)""")
            .param("person", userId)
            .param("action", action)
            .param("target", target)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update();
    }

}
