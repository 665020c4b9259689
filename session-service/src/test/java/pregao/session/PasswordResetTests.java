package pregao.session;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of password resets by an admin's link.
 */
class PasswordResetTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final String ANOTHER = "another long secret 2";

    @Test
    void linkSetsAnotherPasswordOnceAndEndsAllLogins() {
        String id = STACK.register("forgets@example.com");
        TestResponse before = STACK.login("forgets@example.com");
        TestResponse testResponse = STACK.post("/api/users/" + id + "/password-reset", admin(), Map.of());
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
        assertThat(testResponse.header("Cache-Control")).isEqualTo("no-store");
        assertThat(testResponse.text("link")).isEqualTo("/password#" + testResponse.text("token"));

        assertThat(reset(testResponse, "short").status()).as("and the link is good still").isEqualTo(422);
        assertThat(reset(testResponse, ANOTHER).status()).isEqualTo(204);
        assertThat(reset(testResponse, "a third long secret").problem()).isEqualTo("reset-over");

        assertThat(STACK.get("/api/users/me", before.text("access_token")).status()).isEqualTo(401);
        assertThat(STACK.login("forgets@example.com").problem()).isEqualTo("wrong-credentials");
        TestResponse after = STACK.post("/api/auth/login", null,
                Map.of("email", "forgets@example.com", "password", ANOTHER));
        assertThat(after.status()).isEqualTo(200);
        assertThat(STACK.get("/api/auth/events", after.text("access_token")).body())
            .as("its person sees who has done it")
            .contains("password_reset_made", "password_changed");
    }

    @Test
    void onlyTheLastLinkIsGoodAndOnlyForADay() {
        String id = STACK.register("forgets.twice@example.com");
        TestResponse first = STACK.post("/api/users/" + id + "/password-reset", admin(), Map.of());
        TestResponse second = STACK.post("/api/users/" + id + "/password-reset", admin(), Map.of());
        assertThat(reset(first, ANOTHER).problem()).isEqualTo("reset-over");
        STACK.execute("update session.password_reset set expires_at = expires_at - interval '1 day' where person = '"
                + id + "'");
        assertThat(reset(second, ANOTHER).problem()).isEqualTo("reset-over");
    }

    @Test
    void onlyAdminsMakeLinks() {
        String id = STACK.register("no.admin@example.com");
        String token = STACK.login("no.admin@example.com").text("access_token");
        assertThat(STACK.post("/api/users/" + id + "/password-reset", token, Map.of()).status()).isEqualTo(403);
        assertThat(STACK.post("/api/users/7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001/password-reset", admin(), Map.of())
            .status()).isEqualTo(404);
    }

    private static String admin() {
        return STACK.login(SessionTestEnvironment.ADMIN).text("access_token");
    }

    private static TestResponse reset(TestResponse testResponse, String password) {
        return STACK.post("/api/auth/password/reset", null,
                Map.of("token", testResponse.text("token"), "new_password", password));
    }

}
