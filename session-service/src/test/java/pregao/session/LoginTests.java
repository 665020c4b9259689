package pregao.session;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.contracts.service.InternalHeader;
import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.testsupport.ServiceCallers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of logins by their HTTP API.
 */
class LoginTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    @Test
    void firstAdminIsThere() {
        TestResponse tokens = STACK.login(SessionTestEnvironment.ADMIN);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
        assertThat(tokens.json().path("expires_in").asInt()).isEqualTo(300);
        TestResponse me = STACK.get("/api/users/me", tokens.text("access_token"));
        assertThat(me.json().path("roles").toString()).isEqualTo("[\"trader\",\"admin\"]");
    }

    @Test
    void wrongPasswordAndUnknownAddressGetTheSameAnswer() {
        STACK.register("known@example.com");
        TestResponse wrongPassword = login("known@example.com", "not the password");
        TestResponse unknown = login("unknown@example.com", "not the password");
        assertThat(wrongPassword.status()).isEqualTo(401);
        assertThat(wrongPassword.problem()).isEqualTo("wrong-credentials");
        assertThat(wrongPassword.body().replaceAll("\"trace_id\":\"\\w+\"", ""))
            .isEqualTo(unknown.body().replaceAll("\"trace_id\":\"\\w+\"", ""));
    }

    @Test
    void addressIsTakenHoweverItIsWritten() {
        STACK.register("Some.Body@Example.com");
        assertThat(login(" some.body@EXAMPLE.com ", SessionTestEnvironment.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void refreshTokenIsTakenOnceAndItsSecondUseEndsTheLogin() {
        STACK.register("refresh@example.com");
        TestResponse first = STACK.login("refresh@example.com");
        TestResponse second = refresh(first);
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(second.text("login")).isEqualTo(first.text("login"));
        assertThat(STACK.get("/api/users/me", second.text("access_token")).status()).isEqualTo(200);

        STACK.passLeeway(first);
        TestResponse reused = refresh(first);
        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.problem()).isEqualTo("login-ended");
        assertThat(refresh(second).status()).isEqualTo(401);
        assertThat(STACK.get("/api/users/me", second.text("access_token")).status()).isEqualTo(401);
        TestResponse newLogin = STACK.login("refresh@example.com");
        assertThat(STACK.get("/api/auth/events", newLogin.text("access_token")).body()).contains("refresh_reused");
    }

    @Test
    void refreshTokenOfTwoTabsKeepsBothWithinTheLeeway() {
        STACK.register("tabs@example.com");
        TestResponse first = STACK.login("tabs@example.com");
        TestResponse firstTokens = refresh(first);
        TestResponse secondTokens = refresh(first);
        assertThat(secondTokens.status()).as(secondTokens.body()).isEqualTo(200);
        assertThat(secondTokens.text("login")).isEqualTo(first.text("login"));
        assertThat(refresh(firstTokens).status()).isEqualTo(200);
        assertThat(refresh(secondTokens).status()).isEqualTo(200);
    }

    @Test
    void logoutEndsTheLoginAtOnce() {
        STACK.register("logout@example.com");
        TestResponse tokens = STACK.login("logout@example.com");
        String token = tokens.text("access_token");
        assertThat(STACK.post("/api/auth/logout", token, Map.of()).status()).isEqualTo(204);
        assertThat(STACK.get("/api/users/me", token).status()).isEqualTo(401);
        assertThat(refresh(tokens).status()).isEqualTo(401);
    }

    @Test
    void loginsAreListedAndEnded() {
        STACK.register("two@example.com");
        TestResponse firstTokens = STACK.login("two@example.com");
        TestResponse secondTokens = STACK.login("two@example.com");
        JsonNode items = STACK.get("/api/auth/logins", secondTokens.text("access_token")).json().path("items");
        assertThat(items.size()).isEqualTo(2);
        assertThat(items.get(0).path("id").asString()).isEqualTo(secondTokens.text("login"));
        assertThat(items.get(0).path("current").asBoolean()).isTrue();
        assertThat(items.get(0).path("address").asString()).isEqualTo("127.0.0.1");

        assertThat(STACK.delete("/api/auth/logins/" + firstTokens.text("login"), secondTokens.text("access_token"))
            .status()).isEqualTo(204);
        assertThat(STACK.get("/api/users/me", firstTokens.text("access_token")).status()).isEqualTo(401);
        assertThat(STACK.get("/api/users/me", secondTokens.text("access_token")).status()).isEqualTo(200);
    }

    @Test
    void somebodyElsesLoginIsNotThere() {
        String token = STACK.token("mine@example.com");
        STACK.register("other@example.com");
        TestResponse otherLogin = STACK.login("other@example.com");
        assertThat(STACK.delete("/api/auth/logins/" + otherLogin.text("login"), token).status()).isEqualTo(404);
        assertThat(STACK.get("/api/users/me", otherLogin.text("access_token")).status()).isEqualTo(200);
    }

    @Test
    void anotherPasswordEndsAllOtherLogins() {
        STACK.register("change@example.com");
        TestResponse firstTokens = STACK.login("change@example.com");
        TestResponse secondTokens = STACK.login("change@example.com");
        String token = secondTokens.text("access_token");
        assertThat(change(token, "wrong", "another long secret").problem()).isEqualTo("wrong-password");
        assertThat(change(token, SessionTestEnvironment.PASSWORD, "short").status()).isEqualTo(422);
        assertThat(change(token, SessionTestEnvironment.PASSWORD, "another long secret").status()).isEqualTo(204);
        assertThat(refresh(firstTokens).status()).isEqualTo(401);
        assertThat(refresh(secondTokens).status()).isEqualTo(200);
        assertThat(STACK.login("change@example.com").status()).isEqualTo(401);
        assertThat(login("change@example.com", "another long secret").status()).isEqualTo(200);
    }

    @Test
    void guessingIsSlowedDownWhereItComesFromAndNowhereElse() {
        STACK.register("guessed@example.com");
        for (int i = 0; i < 5; i++) {
            assertThat(guess("203.0.113.7").status()).isEqualTo(401);
        }
        TestResponse last = guess("203.0.113.7");
        assertThat(last.status()).isEqualTo(429);
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 120);
        assertThat(guess("198.51.100.9").status()).isEqualTo(401);
        assertThat(STACK.login("guessed@example.com").status()).isEqualTo(200);
    }

    @Test
    void guessingFromManyNetworksIsSlowedDownAndItsOwnerIsNot() {
        STACK.register("spread@example.com");
        String home = "2001:db8:ff::1";
        assertThat(login("spread@example.com", SessionTestEnvironment.PASSWORD, home).status()).isEqualTo(200);
        for (String email : List.of("spread@example.com", "spread-nobody@example.com")) {
            for (int i = 0; i < 30; i++) {
                assertThat(login(email, "a guess", network(i)).problem()).isEqualTo("wrong-credentials");
            }
            TestResponse refused = login(email, "a guess", network(30));
            assertThat(refused.status()).as("alike, whether or not somebody has the address").isEqualTo(429);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        }
        assertThat(login("spread@example.com", SessionTestEnvironment.PASSWORD, network(31)).status()).isEqualTo(429);
        assertThat(login("spread@example.com", SessionTestEnvironment.PASSWORD, "2001:db8:ff::2").status())
            .as("where its person was before")
            .isEqualTo(200);

        STACK.execute("update session.guess set until = until - interval '3 minutes'");
        assertThat(login("spread@example.com", SessionTestEnvironment.PASSWORD, network(32)).status())
            .as("one came back")
            .isEqualTo(200);
    }

    @Test
    void newPasswordByALinkBeginsWithANewCount() {
        String id = STACK.register("spread-reset@example.com");
        for (int i = 0; i < 31; i++) {
            login("spread-reset@example.com", "a guess", network(i));
        }
        assertThat(login("spread-reset@example.com", SessionTestEnvironment.PASSWORD, network(40)).status())
            .isEqualTo(429);
        TestResponse link = STACK.post("/api/users/" + id + "/password-reset",
                STACK.login(SessionTestEnvironment.ADMIN).text("access_token"), Map.of());
        assertThat(STACK
            .post("/api/auth/password/reset", null,
                    Map.of("token", link.text("token"), "new_password", "another long secret"))
            .status()).isEqualTo(204);
        assertThat(login("spread-reset@example.com", "another long secret", network(40)).status()).isEqualTo(200);
    }

    @Test
    void guessingOfThePasswordByAStolenTokenIsSlowedDownFromAllNetworks() {
        String token = STACK.token("stolen@example.com");
        for (int i = 0; i < 30; i++) {
            assertThat(changeFrom(network(i), token, "a guess").problem()).isEqualTo("wrong-password");
        }
        assertThat(changeFrom(network(30), token, SessionTestEnvironment.PASSWORD).status()).isEqualTo(429);
        assertThat(login("stolen@example.com", SessionTestEnvironment.PASSWORD, network(31)).status())
            .as("logins are counted on their own")
            .isEqualTo(200);
    }

    private static String network(int number) {
        return "2001:db8:%x::1".formatted(0xa0 + number);
    }

    private static TestResponse login(String email, String password, String address) {
        return STACK
            .send(STACK.from(address, STACK.request("/api/auth/login", null).header("Content-Type", "application/json"))
                .POST(SessionTestEnvironment.json(Map.of("email", email, "password", password))));
    }

    private static TestResponse changeFrom(String address, String token, String current) {
        return STACK.send(STACK
            .from(address, STACK.request("/api/auth/password", token).header("Content-Type", "application/json"))
            .POST(SessionTestEnvironment
                .json(Map.of("current_password", current, "new_password", "another long secret"))));
    }

    @Test
    void addressIsBelievedFromTheGatewayOnly() {
        String token = STACK.token("address@example.com");
        String address = "203.0.113.46";
        String good = pass(ServiceName.GATEWAY, ServiceName.SESSION, Operation.REQUESTS_FORWARD);
        String forged = new ServiceCallers().token(ServiceName.GATEWAY, ServiceName.SESSION,
                Operation.REQUESTS_FORWARD);
        for (String pass : List.of("", "nonsense", token, forged,
                pass(ServiceName.GATEWAY, ServiceName.INGEST, Operation.REQUESTS_FORWARD),
                pass(ServiceName.STRATEGY, ServiceName.SESSION, Operation.REQUESTS_FORWARD),
                pass(ServiceName.GATEWAY, ServiceName.SESSION, Operation.ORDERS_READ), good)) {
            TestResponse in = STACK.send(STACK.request("/api/auth/login", null)
                .header("X-Forwarded-For", address)
                .header(InternalHeader.PASS, pass)
                .header("Content-Type", "application/json")
                .POST(SessionTestEnvironment
                    .json(Map.of("email", "address@example.com", "password", SessionTestEnvironment.PASSWORD))));
            String ownLoginId = in.text("login");
            String noted = STACK.get("/api/auth/logins", in.text("access_token"))
                .json()
                .path("items")
                .valueStream()
                .filter((login) -> login.path("id").asString().equals(ownLoginId))
                .map((login) -> login.path("address").asString())
                .findFirst()
                .orElseThrow();
            assertThat(noted).as(pass).isEqualTo(pass.equals(good) ? address : "127.0.0.1");
        }
    }

    private static String pass(ServiceName caller, ServiceName callee, Operation operation) {
        return SessionTestEnvironment.CALLERS.token(caller, callee, operation);
    }

    private static TestResponse guess(String address) {
        return STACK
            .send(STACK.from(address, STACK.request("/api/auth/login", null).header("Content-Type", "application/json"))
                .POST(java.net.http.HttpRequest.BodyPublishers
                    .ofString("{\"email\":\"guessed@example.com\",\"password\":\"a guess\"}")));
    }

    private static TestResponse change(String token, String current, String wanted) {
        return STACK.post("/api/auth/password", token, Map.of("current_password", current, "new_password", wanted));
    }

    private static TestResponse refresh(TestResponse tokens) {
        return STACK.post("/api/auth/refresh", null, Map.of("refresh_token", tokens.text("refresh_token")));
    }

    private static TestResponse login(String email, String password) {
        return STACK.post("/api/auth/login", null, Map.of("email", email, "password", password));
    }

}
