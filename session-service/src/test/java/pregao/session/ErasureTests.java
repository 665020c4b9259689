package pregao.session;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what remains of an erased user in every table.
 */
class ErasureTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    /** The tables whose rows are deleted with the user. */
    private static final Set<String> CONTENT = Set.of("broker_account", "login", "password_reset", "recovery_code",
            "refresh_token", "stream_wish");

    /** The tables whose rows are kept. They refer to users only by ID. */
    private static final Set<String> KEPT = Set.of("api_key", "event", "execution", "feed", "invitation", "person");

    /**
     * The tables that belong to no user, contain only hashes that expire within hours, or
     * whose rows are deleted as soon as they are published.
     */
    private static final Set<String> NOBODYS = Set.of("feed_lease", "flyway_schema_history", "guess", "instance",
            "outbox", "signing_key", "stream");

    /** The text stored wherever a user may write. */
    private static final String WORDS = "words-of-bia";

    @Test
    void everyTableIsOneThatErasureKnows() {
        Set<String> expectedTables = new TreeSet<>(CONTENT);
        expectedTables.addAll(KEPT);
        expectedTables.addAll(NOBODYS);
        assertThat(STACK
            .sql("select table_name from information_schema.tables where table_schema = 'session' "
                    + "and table_type = 'BASE TABLE'")
            .lines()).as("a new table is erased, or knows people by their ids only; add a row of it to store()")
            .containsExactlyInAnyOrderElementsOf(expectedTables);
    }

    @Test
    void leavesNothingButIds() {
        String email = WORDS + "@example.com";
        UUID userId = UUID.fromString(STACK.register(email));
        TestResponse tokens = STACK.login(email);
        store(userId, tokens.text("login"));
        for (String table : CONTENT) {
            assertThat(rows(table, userId + "|" + tokens.text("login"))).as(table).isNotEqualTo("0");
        }

        assertThat(STACK
            .post("/api/users/me/erasure", tokens.text("access_token"),
                    Map.of("password", SessionTestEnvironment.PASSWORD))
            .status()).isEqualTo(204);

        for (String table : CONTENT) {
            assertThat(rows(table, userId + "|" + tokens.text("login"))).as(table).isEqualTo("0");
        }
        for (String table : KEPT) {
            assertThat(rows(table, userId.toString())).as(table).isNotEqualTo("0");
            assertThat(rows(table, WORDS)).as("words in " + table).isEqualTo("0");
        }
        assertThat(STACK.sql("select count(*) from session.invitation where made_by = '" + userId + "'"))
            .as("whoever is gone invites nobody")
            .isEqualTo("0");
    }

    private static String rows(String table, String pattern) {
        return STACK.sql("select count(*) from session.%s t where t::text ~ '%s'".formatted(table, pattern));
    }

    private static void store(UUID userId, String login) {
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
            STACK.execute("insert into session." + sql.replace(":person", userId.toString())
                .replace(":login", login)
                .replace(":account", account.toString()));
        }
    }

}
