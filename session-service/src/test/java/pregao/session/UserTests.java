package pregao.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of users by their HTTP API: registration, roles and erasure.
 */
class UserTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    @Test
    void addressIsOneHoweverItIsWritten() {
        String id = STACK.register("caf\u00e9@example.com");
        for (String same : List.of("cafe\u0301@example.com", "CAFE\u0301@EXAMPLE.COM",
                " \uff43af\u00e9@example.com ")) {
            TestResponse in = STACK.login(same);
            assertThat(in.status()).as(in.body()).isEqualTo(200);
            assertThat(STACK.get("/api/users/me", in.text("access_token")).text("id")).isEqualTo(id);
            assertThat(register(same).text("email")).isEqualTo("caf\u00e9@example.com");
            assertThat(STACK.sql("select count(*) from session.person where email like 'caf%@example.com'"))
                .isEqualTo("1");
        }
    }

    @Test
    void addressHasNoCharacterThatCannotBeSeen() {
        for (String odd : List.of("a\u200bb@example.com", "a\u202eb@example.com", "a\u00adb@example.com",
                "a\ufeffb@example.com", "a\u00a0b@example.com")) {
            TestResponse response = register(odd);
            assertThat(response.status()).as(response.body()).isEqualTo(422);
            assertThat(response.json().at("/errors/0/field").asString()).isEqualTo("email");
        }
    }

    @Test
    void addressesOfBeforeGetTheOneForm() throws IOException {
        String[] before = { "u\u0308ber@example.com", "a\u2122@example.com", "na\u0308he@example.com",
                "n\u00e4he@example.com", "so\u0308@example.com", "\uff53o\u0308@example.com" };
        for (int i = 0; i < before.length; i++) {
            STACK.execute("""
                    insert into session.person (id, email, password, roles, created_at)
                    values (gen_random_uuid(), '%s', 'of before', '{trader}', now() + %d * interval '1 s')"""
                .formatted(before[i], i));
        }
        STACK.execute(new ClassPathResource("db/migration/V10__email_forms.sql").getContentAsString(UTF_8));
        assertThat(STACK.sql("select email from session.person where password = 'of before' order by created_at"))
            .hasLineCount(before.length)
            .isEqualTo(String.join("\n", "\u00fcber@example.com", "atm@example.com", before[2], before[3],
                    "s\u00f6@example.com", before[5]));
        STACK.execute("delete from session.person where password = 'of before'");
    }

    private static TestResponse register(String email) {
        TestResponse invited = STACK.post("/api/users/invitations",
                STACK.login(SessionTestEnvironment.ADMIN).text("access_token"), Map.of());
        return STACK.send(STACK
            .from("2001:db8:37:%x::1".formatted(email.hashCode() & 0xffff),
                    STACK.request("/api/auth/register", null).header("Content-Type", "application/json"))
            .POST(SessionTestEnvironment.json(Map.of("email", email, "password", SessionTestEnvironment.PASSWORD,
                    "invitation", invited.text("invitation")))));
    }

    @Test
    void invitationIsGoodOnce() {
        TestResponse invited = STACK.post("/api/users/invitations", admin(), Map.of());
        assertThat(register("first@example.com", invited.text("invitation")).status()).isEqualTo(202);
        assertThat(register("second@example.com", invited.text("invitation")).status()).isEqualTo(422);
        assertThat(register("third@example.com", "made-up").status()).isEqualTo(422);
        TestResponse without = STACK.post("/api/auth/register", null,
                Map.of("email", "fourth@example.com", "password", SessionTestEnvironment.PASSWORD));
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.json().path("errors").get(0).path("field").asString()).isEqualTo("invitation");
    }

    @Test
    void takenAddressIsAnsweredAsAFreeOneAndStaysAsItWas() {
        String id = STACK.register("taken@example.com");
        String wanted = "another person's secret";
        TestResponse free = register("free@example.com", invitation(), wanted);
        String invitation = invitation();
        TestResponse duplicate = register("Taken@example.com", invitation, wanted);
        assertThat(duplicate.status()).isEqualTo(free.status()).isEqualTo(202);
        assertThat(duplicate.body()).isEqualTo(free.body().replace("free@", "taken@"));

        assertThat(
                STACK.post("/api/auth/login", null, Map.of("email", "taken@example.com", "password", wanted)).problem())
            .isEqualTo("wrong-credentials");
        String token = STACK.login("taken@example.com").text("access_token");
        assertThat(STACK.get("/api/users/me", token).text("id")).isEqualTo(id);
        assertThat(STACK.get("/api/auth/events", token).body()).as("its person sees it").contains("registered_again");
        assertThat(register("next@example.com", invitation, wanted).status()).as("the invitation is used up")
            .isEqualTo(422);
    }

    private static String invitation() {
        return STACK.post("/api/users/invitations", admin(), Map.of()).text("invitation");
    }

    @Test
    void whatAdminsDoIsForAdmins() {
        String token = STACK.token("trader@example.com");
        assertThat(STACK.get("/api/users", token).status()).isEqualTo(403);
        assertThat(STACK.get("/api/users/events", token).status()).isEqualTo(403);
        assertThat(STACK.post("/api/users/invitations", token, Map.of()).status()).isEqualTo(403);
        String otherUserId = STACK.register("victim@example.com");
        assertThat(STACK.delete("/api/users/" + otherUserId, token).status()).isEqualTo(403);
        assertThat(STACK.put("/api/users/" + otherUserId + "/roles", token, Map.of("roles", List.of("admin"))).status())
            .isEqualTo(403);
        assertThat(STACK.get("/api/users", admin()).body()).contains("victim@example.com");
        assertThat(STACK.get("/api/users/events?user=" + otherUserId, admin()).body()).contains("registered");
    }

    @Test
    void rolesChangeAtOnce() {
        String id = STACK.register("promoted@example.com");
        String token = STACK.login("promoted@example.com").text("access_token");
        assertThat(STACK.get("/api/users", token).status()).isEqualTo(403);
        assertThat(
                STACK.put("/api/users/" + id + "/roles", admin(), Map.of("roles", List.of("trader", "admin"))).status())
            .isEqualTo(200);
        assertThat(STACK.get("/api/users", token).status()).isEqualTo(200);
        assertThat(STACK.put("/api/users/" + id + "/roles", admin(), Map.of("roles", List.of("trader"))).status())
            .isEqualTo(200);
        assertThat(STACK.get("/api/users", token).status()).isEqualTo(403);
    }

    @Test
    void lastAdminStays() {
        String admin = admin();
        String id = STACK.get("/api/users/me", admin).text("id");
        assertThat(STACK.put("/api/users/" + id + "/roles", admin, Map.of("roles", List.of("trader"))).problem())
            .isEqualTo("last-admin");
        assertThat(STACK.delete("/api/users/" + id, admin).problem()).isEqualTo("last-admin");
    }

    @Test
    void ofAnErasedPersonOnlyTheIdStays() {
        String id = STACK.register("forget.me@example.com");
        TestResponse tokens = STACK.login("forget.me@example.com");
        String token = tokens.text("access_token");
        assertThat(STACK.post("/api/users/me/erasure", token, Map.of("password", "wrong")).status()).isEqualTo(401);
        assertThat(STACK.post("/api/users/me/erasure", token, Map.of("password", SessionTestEnvironment.PASSWORD))
            .status()).isEqualTo(204);
        assertThat(STACK.get("/api/users/me", token).status()).isEqualTo(401);
        assertThat(STACK.login("forget.me@example.com").problem()).isEqualTo("wrong-credentials");
        assertThat(STACK.sql("select id || ' ' || coalesce(email, '-') || coalesce(password, '-') from session.person"
                + " where id = '" + id + "'"))
            .isEqualTo(id + " --");
        assertThat(STACK.sql("select count(*) from session.login where person = '" + id + "'")).isEqualTo("0");
        assertThat(STACK.sql("select count(*) from session.event where person = '" + id
                + "' and (nullif(address, '') is not null or nullif(detail, '') is not null)"))
            .isEqualTo("0");
        STACK.register("forget.me@example.com");
    }

    @Test
    void secondReplicaHasTheSameKeysAndMakesNoSecondAdminAndForgetsWhatIsOver() {
        String id = old();
        String before = STACK.sql("select count(*) from session.person");
        try (ConfigurableApplicationContext replica = STACK.another()) {
            String theirs = STACK.send(STACK.request(replica, "/.well-known/jwks.json", null)).body();
            assertThat(theirs).isEqualTo(STACK.get("/.well-known/jwks.json", null).body()).doesNotContain("\"d\"");
            assertThat(STACK.send(STACK.request(replica, "/api/users/me", admin())).status()).isEqualTo(200);
            assertThat(STACK.sql("select count(*) from session.person")).isEqualTo(before);
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!"1 1 2".equals(traces(id))) {
                assertThat(System.nanoTime()).as("what is over is forgotten: " + traces(id)).isLessThan(end);
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    private static String old() {
        String id = STACK.register("old@example.com");
        TestResponse tokens = STACK.login("old@example.com");
        STACK.login("old@example.com");
        STACK.execute("update session.login set seen_at = now() - interval '99 days' where id = '"
                + tokens.text("login") + "'");
        STACK.execute("update session.refresh_token set expires_at = now() - interval '1 minute' where login = '"
                + tokens.text("login") + "'");
        STACK.execute("update session.event set at = now() - interval '366 days' where person = '" + id
                + "' and kind = 'registered'");
        assertThat(traces(id)).isEqualTo("2 2 3");
        return id;
    }

    private static String traces(String id) {
        return STACK.sql("""
                select (select count(*) from session.login where person = '%1$s') || ' '
                  || (select count(*) from session.refresh_token t join session.login l on l.id = t.login
                      where l.person = '%1$s') || ' '
                  || (select count(*) from session.event where person = '%1$s')""".formatted(id));
    }

    private static String admin() {
        return STACK.login(SessionTestEnvironment.ADMIN).text("access_token");
    }

    private static TestResponse register(String email, String invitation) {
        return register(email, invitation, SessionTestEnvironment.PASSWORD);
    }

    private static TestResponse register(String email, String invitation, String password) {
        return STACK.post("/api/auth/register", null,
                Map.of("email", email, "password", password, "invitation", invitation));
    }

}
