package pregao.session;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of a person who was erased, in every table.
 */
class ErasureTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    /** What is deleted with the person. */
    private static final Set<String> CONTENT = Set.of("broker_account", "login", "password_reset", "recovery_code",
            "refresh_token", "stream_wish");

    /** What is kept: it knows people by their ids only. */
    private static final Set<String> KEPT = Set.of("api_key", "event", "execution", "feed", "invitation", "person");

    /**
     * What is nobody's, is a hash that is over within hours, or is deleted as soon as it
     * is published.
     */
    private static final Set<String> NOBODYS = Set.of("feed_lease", "flyway_schema_history", "guess", "instance",
            "outbox", "signing_key", "stream");

    /** Stands wherever a person may write. */
    private static final String WORDS = "words-of-bia";

    @Test
    void everyTableIsOneThatErasureKnows() {
        Set<String> known = new TreeSet<>(CONTENT);
        known.addAll(KEPT);
        known.addAll(NOBODYS);
        assertThat(STACK
            .sql("select table_name from information_schema.tables where table_schema = 'session' "
                    + "and table_type = 'BASE TABLE'")
            .lines()).as("a new table is erased, or knows people by their ids only; add a row of it to store()")
            .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void leavesNothingButIds() {
        String email = WORDS + "@example.com";
        UUID person = UUID.fromString(STACK.register(email));
        TestResponse granted = STACK.login(email);
        store(person, granted.text("login"));
        for (String table : CONTENT) {
            assertThat(rows(table, person + "|" + granted.text("login"))).as(table).isNotEqualTo("0");
        }

        assertThat(STACK
            .post("/api/users/me/erasure", granted.text("access_token"),
                    Map.of("password", SessionTestEnvironment.PASSWORD))
            .status()).isEqualTo(204);

        for (String table : CONTENT) {
            assertThat(rows(table, person + "|" + granted.text("login"))).as(table).isEqualTo("0");
        }
        for (String table : KEPT) {
            assertThat(rows(table, person.toString())).as(table).isNotEqualTo("0");
            assertThat(rows(table, WORDS)).as("words in " + table).isEqualTo("0");
        }
        assertThat(STACK.sql("select count(*) from session.invitation where made_by = '" + person + "'"))
            .as("whoever is gone invites nobody")
            .isEqualTo("0");
    }

    private static String rows(String table, String pattern) {
        return STACK.sql("select count(*) from session.%s t where t::text ~ '%s'".formatted(table, pattern));
    }

    private static void store(UUID person, String login) {
        UUID account = UUID.randomUUID();
        for (String sql : List.of("recovery_code (person, hash) values (':person', 'x')",
                "stream_wish values ('polarium', 'X', ':person', now())",
                "password_reset values (':person', 'x', ':person', now())",
                "invitation values (sha256(':person'), 'trader', ':person', now() + interval '1 h')",
                "invitation select sha256(':login'), 'trader', id, now(), ':person' from session.person "
                        + "where email = 'admin@example.com'",
                "feed (name, owner, price_basis, clock, close_after_millis, calendar, event_time, created_at) values "
                        + "('of-erased', ':person', 'mid', 'UTC', 1000, 'auto', false, now())",
                "api_key values (gen_random_uuid(), encode(sha256(':login'), 'hex'), ':person', '" + WORDS
                        + "', '', 'of-erased', '{read}', now())",
                "broker_account (id, person, broker, label, state, state_since, wanted, epoch, created_at) values "
                        + "(':account', ':person', 'polarium', '" + WORDS + "', 'closed', now(), false, 1, now())",
                "execution (id, account, person, broker, money, symbol, side, body, epoch, state, outcome, created_at, "
                        + "changed_at) values (gen_random_uuid(), ':account', ':person', 'polarium', 'demo', 'X', 'call', "
                        + "'{}', 1, 'settled', '{}', now(), now())",
                "event (at, kind, person, actor, address, detail) values (now(), 'feed_set', ':person', ':person', '"
                        + WORDS + "', '" + WORDS + "')")) {
            STACK.execute("insert into session." + sql.replace(":person", person.toString())
                .replace(":login", login)
                .replace(":account", account.toString()));
        }
    }

}
