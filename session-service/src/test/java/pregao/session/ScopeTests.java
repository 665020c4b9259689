package pregao.session;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import pregao.simulator.polarium.AccountKind;
import pregao.testsupport.ScopeRule.Caller;
import pregao.testsupport.ScopeTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of authorization: an API key may call nothing, a user only their own resources,
 * and only admins the resources of all. Another user's resources are reported as not
 * found.
 */
class ScopeTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final String OWNER = "scopes.owner@example.com";

    private static final String TRADER = "scopes.trader@example.com";

    private static final String ADMIN = "scopes.admin@example.com";

    private static final String ACCOUNT = "/api/brokers/accounts/{id}";

    private static final Map<Caller, String> KEYS = new EnumMap<>(Caller.class);

    private static final Map<String, String> TOKENS = new HashMap<>();

    @AfterAll
    static void thereIsOneAdminAgain() {
        STACK.execute("update session.person set roles = '{trader}' where email = '%s'".formatted(ADMIN));
    }

    @TestFactory
    List<DynamicTest> everyCallIsForWhomTheTableSays() {
        String owner = STACK.token(OWNER);
        STACK.register(TRADER);
        STACK.register(ADMIN);
        STACK.execute("update session.person set roles = '{trader,admin}' where email = '%s'".formatted(ADMIN));
        String feed = "scopes-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(STACK.post("/api/feeds", owner, Map.of("name", feed)).status()).isEqualTo(201);
        for (Caller key : List.of(Caller.INGEST, Caller.READ, Caller.RESEARCH, Caller.TRADE)) {
            KEYS.put(key, key(owner, feed, key).text("key"));
        }
        String key = key(owner, feed, Caller.READ).text("id");
        String account = BrokerAccountTests.connect(owner, BrokerAccountTests.trader(AccountKind.PLAIN)).text("id");
        String order = UUID.randomUUID().toString();
        TestResponse placed = STACK.put("/api/brokers/accounts/" + account + "/orders/" + order, owner,
                Map.of("money", "demo", "option",
                        Map.of("symbol", "EURUSD-OTC", "direction", "call", "stake", 10, "seconds", 60, "payout", 87)));
        assertThat(placed.status()).as(placed.body()).isBetween(200, 202);
        List<DynamicTest> tests = bodies(new ScopeTable("session", STACK.url(), ScopeTests::credential))
            .thing("/api/auth/logins/{id}", STACK.get("/api/auth/logins", owner).json().at("/items/0/id").asString())
            .thing("/api/keys/{id}", key)
            .thing("/api/feeds/{name}", feed)
            .thing(ACCOUNT, account)
            .thing("/api/brokers/accounts/{account}", account)
            .thing("/api/brokers/accounts/{account}/orders/{id}", order)
            .query("GET " + ACCOUNT + "/candles", "?symbol=EURUSD-OTC")
            .tests();
        tests.add(DynamicTest.dynamicTest("what is the owner's is there still", () -> {
            String newToken = STACK.login(OWNER).text("access_token");
            assertThat(STACK.get(ACCOUNT.replace("{id}", account), newToken).status()).isEqualTo(200);
            assertThat(STACK.get("/api/brokers/accounts/" + account + "/orders/" + order, newToken).status())
                .isEqualTo(200);
            assertThat(STACK.get("/api/feeds/" + feed, newToken).text("clock")).isEqualTo("UTC");
            assertThat(STACK.delete("/api/keys/" + key, newToken).status()).isEqualTo(204);
        }));
        return tests;
    }

    private static TestResponse key(String owner, String feed, Caller scope) {
        TestResponse testResponse = STACK.post("/api/keys", owner, Map.of("label", scope.text(), "feed", feed, "scopes",
                List.of(scope.text()), "password", SessionTestEnvironment.PASSWORD));
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
        return testResponse;
    }

    /** Valid bodies, so that the response depends only on who owns the resource. */
    private static ScopeTable bodies(ScopeTable table) {
        return table.body("PUT /api/feeds/{name}", "{\"clock\":\"UTC+03:00\"}")
            .body("PATCH /api/feeds/{name}", "{\"clock\":\"UTC+03:00\"}")
            .body("POST " + ACCOUNT + "/code", "{\"step\":\"%s\",\"code\":\"1\"}".formatted(UUID.randomUUID()))
            .body("POST " + ACCOUNT + "/reconnect", "{\"kind\":\"session\",\"token\":\"x\"}")
            .body("PUT " + ACCOUNT + "/real-money", "{\"allowed\":false}")
            .body("PUT " + ACCOUNT + "/prices", "{\"allowed\":true}")
            .body("PUT /api/brokers/accounts/{account}/orders/{id}", """
                    {"money":"demo","option":{"symbol":"EURUSD-OTC","direction":"call","stake":10,"seconds":60,\
                    "payout":87}}""");
    }

    private static String credential(Caller caller) {
        return switch (caller) {
            case INGEST, READ, RESEARCH, TRADE -> "X-API-Key: " + KEYS.get(caller);
            case LOGIN, STRANGER -> login(TRADER);
            case ADMIN -> login(ADMIN);
            case NOBODY -> "";
        };
    }

    /** Returns a new login if a call has ended the last one. */
    private static String login(String email) {
        return "Authorization: Bearer " + TOKENS.compute(email,
                (same, token) -> (token != null && STACK.get("/api/users/me", token).status() == 200) ? token
                        : STACK.login(email).text("access_token"));
    }

}
