package pregao.session;

import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of browser logins, whose refresh token scripts cannot read.
 */
class BrowserLoginTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final String OWN = "http://" + STACK.request("", null).build().uri().getAuthority();

    @Test
    void refreshTokenIsInACookieOnly() {
        STACK.register("browser@example.com");
        TestResponse tokens = login("browser@example.com", OWN);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.json().has("refresh_token")).isFalse();
        assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
        assertThat(tokens.header("Set-Cookie")).matches(
                "pregao_refresh=[\\w-]{43}; Path=/api/auth; Max-Age=1209600; Expires=[^;]+; HttpOnly; SameSite=Strict");

        TestResponse refreshed = refresh(cookie(tokens), OWN);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(refreshed.json().has("refresh_token")).isFalse();
        assertThat(cookie(refreshed)).isNotEqualTo(cookie(tokens));

        TestResponse out = STACK.send(sent("/api/auth/logout", refreshed.text("access_token"), cookie(refreshed), OWN)
            .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie")).startsWith("pregao_refresh=; Path=/api/auth; Max-Age=0;");
        assertThat(refresh(cookie(refreshed), OWN).problem()).isEqualTo("login-ended");
    }

    @Test
    void twoTabsBothStayLoggedIn() {
        STACK.register("two.tabs@example.com");
        String shared = cookie(login("two.tabs@example.com", OWN));
        TestResponse rotated = refresh(shared, OWN);
        TestResponse two = refresh(shared, OWN);
        assertThat(two.status()).as(two.body()).isEqualTo(200);
        assertThat(refresh(cookie(rotated), OWN).status()).isEqualTo(200);
        assertThat(refresh(cookie(two), OWN).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.example", "http://127.0.0.1:1", "null", "" })
    void pageOfElsewhereGetsNothing(String origin) {
        String email = "elsewhere" + UUID.randomUUID() + "@example.com";
        STACK.register(email);
        assertThat(login(email, origin).status()).isEqualTo(403);
        String cookie = cookie(login(email, OWN));
        assertThat(refresh(cookie, origin).status()).isEqualTo(403);
        assertThat(refresh(cookie, OWN).status()).as("it was not used up").isEqualTo(200);
    }

    @Test
    void cookieIsSecureUnlessThePageIsOfThisMachine() {
        STACK.register("secure@example.com");
        assertThat(login("secure@example.com", OWN.replace("http:", "https:")).header("Set-Cookie"))
            .contains("; Secure");
        assertThat(login("secure@example.com", OWN).header("Set-Cookie")).doesNotContain("Secure");
    }

    @Test
    void scriptsGoOnWithTheBody() {
        STACK.register("script@example.com");
        TestResponse tokens = STACK.login("script@example.com");
        assertThat(tokens.header("Set-Cookie")).isEmpty();
        TestResponse refreshed = STACK.post("/api/auth/refresh", null,
                Map.of("refresh_token", tokens.text("refresh_token")));
        assertThat(refreshed.text("refresh_token")).isNotEmpty();
        assertThat(refreshed.header("Set-Cookie")).isEmpty();
    }

    private static TestResponse login(String email, String origin) {
        return STACK.send(sent("/api/auth/login", null, null, origin).POST(SessionTestEnvironment
            .json(Map.of("email", email, "password", SessionTestEnvironment.PASSWORD, "cookie", true))));
    }

    private static TestResponse refresh(String cookie, String origin) {
        return STACK
            .send(sent("/api/auth/refresh", null, cookie, origin).POST(SessionTestEnvironment.json(new HashMap<>())));
    }

    private static HttpRequest.Builder sent(String path, @Nullable String token, @Nullable String cookie,
            String origin) {
        HttpRequest.Builder request = STACK.request(path, token).header("Content-Type", "application/json");
        if (!origin.isEmpty()) {
            request.header("Origin", origin);
        }
        return (cookie != null) ? request.header("Cookie", "pregao_refresh=" + cookie) : request;
    }

    private static String cookie(TestResponse response) {
        return response.header("Set-Cookie").replaceAll("pregao_refresh=([^;]*);.*", "$1");
    }

}
