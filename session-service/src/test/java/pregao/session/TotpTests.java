package pregao.session;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import pregao.session.identity.totp.AuthenticatorApp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of second factors by their HTTP API.
 */
class TotpTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void codesAreAskedForOnceTheFirstWasRightAndEachIsTakenOnce() {
        String token = STACK.token("totp@example.com");
        AuthenticatorApp app = app(token, "totp@example.com");
        assertThat(STACK.login("totp@example.com").status()).as("not yet asked for").isEqualTo(200);
        assertThat(confirm(token, "000000").problem()).isEqualTo("wrong-code");
        long step = step();
        TestResponse confirmed = confirm(token, app.code(step - 1));
        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
        assertThat(confirmed.json().path("recovery_codes").size()).isEqualTo(10);

        assertThat(STACK.login("totp@example.com").problem()).isEqualTo("code-needed");
        assertThat(login("totp@example.com", app.code(step - 1)).problem()).as("used").isEqualTo("wrong-code");
        assertThat(login("totp@example.com", app.code(step)).status()).isEqualTo(200);
        assertThat(login("totp@example.com", app.code(step)).problem()).as("used").isEqualTo("wrong-code");
    }

    @Test
    void codesAreFewFromAllNetworksAndThePasswordAloneIsNoGuess() {
        String token = STACK.token("codes@example.com");
        AuthenticatorApp app = app(token, "codes@example.com");
        confirm(token, app.code(step() - 1));
        for (int i = 0; i < 10; i++) {
            assertThat(login("codes@example.com", "000000", i).problem()).isEqualTo("wrong-code");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(STACK.login("codes@example.com").problem()).isEqualTo("code-needed");
        }
        TestResponse refused = login("codes@example.com", app.code(step()), 11);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 900);
        STACK.execute("update session.guess set until = until - interval '16 minutes'");
        assertThat(login("codes@example.com", app.code(step()), 12).status()).isEqualTo(200);
    }

    private static TestResponse login(String email, String code, int network) {
        return STACK.send(STACK
            .from("2001:db8:%x::1".formatted(0xc0 + network),
                    STACK.request("/api/auth/login", null).header("Content-Type", "application/json"))
            .POST(SessionTestEnvironment
                .json(Map.of("email", email, "password", SessionTestEnvironment.PASSWORD, "code", code))));
    }

    @Test
    void recoveryCodeIsTakenOnceHoweverItIsWritten() {
        String token = STACK.token("lost@example.com");
        AuthenticatorApp app = app(token, "lost@example.com");
        TestResponse confirmed = confirm(token, app.code(step()));
        List<String> codes = confirmed.json()
            .path("recovery_codes")
            .valueStream()
            .map((code) -> code.asString())
            .toList();
        assertThat(codes.getFirst()).matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}");
        assertThat(login("lost@example.com", codes.getFirst()).status()).isEqualTo(200);
        assertThat(login("lost@example.com", codes.getFirst()).problem()).isEqualTo("wrong-code");
        assertThat(
                login("lost@example.com", codes.get(1).toLowerCase(java.util.Locale.ROOT).replace("-", " ")).status())
            .isEqualTo(200);
        assertThat(STACK.sql("select count(*) from session.recovery_code where hash = '\\x" + "00".repeat(32) + "'"))
            .isEqualTo("0");
    }

    @Test
    void switchingOffAsksForPasswordAndCodeAgain() {
        String token = STACK.token("off@example.com");
        AuthenticatorApp app = app(token, "off@example.com");
        confirm(token, app.code(step()));
        assertThat(STACK.post("/api/auth/totp", token, Map.of("password", SessionTestEnvironment.PASSWORD)).problem())
            .isEqualTo("totp-on");
        long step = step();
        assertThat(off(token, "wrong", app.code(step)).problem()).isEqualTo("wrong-password");
        assertThat(
                STACK.post("/api/auth/totp/off", token, Map.of("password", SessionTestEnvironment.PASSWORD)).problem())
            .isEqualTo("code-needed");
        assertThat(off(token, SessionTestEnvironment.PASSWORD, "000000").problem()).isEqualTo("wrong-code");
        assertThat(STACK.login("off@example.com").problem()).as("still on").isEqualTo("code-needed");
        assertThat(off(token, SessionTestEnvironment.PASSWORD, app.code(step() + 1)).status()).isEqualTo(204);
        assertThat(STACK.login("off@example.com").status()).isEqualTo(200);
    }

    @Test
    void switchingOffTakesARecoveryCodeWhereTheAppIsLost() {
        String token = STACK.token("off-lost@example.com");
        AuthenticatorApp app = app(token, "off-lost@example.com");
        String recovery = confirm(token, app.code(step())).json().path("recovery_codes").path(0).asString();
        assertThat(off(token, SessionTestEnvironment.PASSWORD, recovery).status()).isEqualTo(204);
    }

    @Test
    void keyThatMayTradeAsksForPasswordAndCode() {
        String token = STACK.token("trade-key@example.com");
        assertThat(key(token, Map.of("scopes", List.of("read", "research"))).status()).isEqualTo(201);
        Map<String, Object> trade = Map.of("scopes", List.of("read", "trade"));
        assertThat(key(token, trade).problem()).isEqualTo("wrong-password");
        assertThat(key(token, trade, "password", "a wrong password").problem()).isEqualTo("wrong-password");
        assertThat(key(token, trade, "password", SessionTestEnvironment.PASSWORD).status()).isEqualTo(201);

        AuthenticatorApp app = app(token, "trade-key@example.com");
        confirm(token, app.code(step()));
        assertThat(key(token, trade, "password", SessionTestEnvironment.PASSWORD).problem()).isEqualTo("code-needed");
        assertThat(key(token, trade, "password", SessionTestEnvironment.PASSWORD, "code", "000000").problem())
            .isEqualTo("wrong-code");
        String code = app.code(step() + 1);
        assertThat(key(token, trade, "password", SessionTestEnvironment.PASSWORD, "code", code).status())
            .isEqualTo(201);
        assertThat(key(token, trade, "password", SessionTestEnvironment.PASSWORD, "code", code).problem()).as("used")
            .isEqualTo("wrong-code");
        assertThat(key(token, Map.of("scopes", List.of("read"))).status()).as("reading needs no proof").isEqualTo(201);
        assertThat(STACK.sql("""
                select count(*) from session.api_key k join session.person p on p.id = k.owner
                where p.email = 'trade-key@example.com' and 'trade' = any(k.scopes)""")).isEqualTo("2");
    }

    private static TestResponse key(String token, Map<String, Object> fields, String... proof) {
        Map<String, Object> requestBody = new HashMap<>(fields);
        requestBody.put("label", "a key");
        requestBody.put("feed", "mt5");
        for (int i = 0; i < proof.length; i += 2) {
            requestBody.put(proof[i], proof[i + 1]);
        }
        return STACK.post("/api/keys", token, requestBody);
    }

    private static TestResponse off(String token, String password, String code) {
        return STACK.post("/api/auth/totp/off", token, Map.of("password", password, "code", code));
    }

    /** Returns the current time step when enough of its seconds are left. */
    private static long step() {
        while (CLOCK.instant().getEpochSecond() % 30 > 24) {
            LockSupport.parkNanos(100_000_000);
        }
        return CLOCK.instant().getEpochSecond() / 30;
    }

    private static AuthenticatorApp app(String token, String email) {
        TestResponse begun = STACK.post("/api/auth/totp", token, Map.of("password", SessionTestEnvironment.PASSWORD));
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        assertThat(begun.text("uri")).startsWith("otpauth://totp/")
            .contains(email.replace("@", "%40"), "secret=" + begun.text("secret"), "digits=6", "period=30");
        assertThat(STACK.sql("select encode(totp_secret, 'escape') from session.person where email = '" + email + "'"))
            .doesNotContain(begun.text("secret"));
        return new AuthenticatorApp(begun.text("secret"));
    }

    private static TestResponse confirm(String token, String code) {
        return STACK.post("/api/auth/totp/confirm", token, Map.of("code", code));
    }

    private static TestResponse login(String email, String code) {
        return STACK.post("/api/auth/login", null,
                Map.of("email", email, "password", SessionTestEnvironment.PASSWORD, "code", code));
    }

}
