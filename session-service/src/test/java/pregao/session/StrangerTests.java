package pregao.session;

import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

import pregao.simulator.polarium.AccountKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every call that names somebody's thing, by somebody else: to them it is not there. A
 * call that comes later and is in none of the lists fails the first test.
 */
class StrangerTests {

    private static final SessionStack STACK = SessionStack.shared();

    /**
     * What names nobody's own: brokers, their instruments, and settings of feeds to read.
     */
    private static final List<String> EVERYBODYS = List.of("POST /api/brokers/{broker}/accounts",
            "GET /api/brokers/{broker}/streams", "GET /api/brokers/{broker}/streams/{symbol}",
            "PUT /api/brokers/{broker}/streams/{symbol}", "DELETE /api/brokers/{broker}/streams/{symbol}",
            "GET /api/feeds/{name}");

    /** What admins do is 403 for all others, whoever is named. */
    private static final List<String> ADMINS = List.of("DELETE /api/users/{id}", "PUT /api/users/{id}/roles",
            "POST /api/users/{id}/password-reset");

    private static final Map<String, String> OWN = own();

    private static Map<String, String> own() {
        String account = "/api/brokers/accounts/{account}";
        Map<String, String> own = new HashMap<>();
        own.put("DELETE /api/auth/logins/{login}", "");
        own.put("DELETE /api/keys/{key}", "");
        own.put("PUT /api/feeds/{feed}", "{\"clock\":\"UTC+03:00\"}");
        own.put("PATCH /api/feeds/{feed}", "{\"clock\":\"UTC+03:00\"}");
        own.put("GET " + account, "");
        own.put("GET " + account + "/balances", "");
        own.put("GET " + account + "/instruments", "");
        own.put("GET " + account + "/candles?symbol=EURUSD-OTC", "");
        own.put("POST " + account + "/code", "{\"step\":\"" + UUID.randomUUID() + "\",\"code\":\"1\"}");
        own.put("POST " + account + "/reconnect", "{\"kind\":\"session\",\"token\":\"x\"}");
        own.put("PUT " + account + "/real-money", "{\"allowed\":false}");
        own.put("PUT " + account + "/prices", "{\"allowed\":true}");
        own.put("GET " + account + "/orders", "");
        own.put("GET " + account + "/orders/{order}", "");
        own.put("PUT " + account + "/orders/{order}", """
                {"money":"demo","option":{"symbol":"EURUSD-OTC","direction":"call","stake":10,"seconds":60,\
                "payout":87}}""");
        own.put("DELETE " + account, "");
        return own;
    }

    @Test
    void everyCallThatNamesSomethingIsInOneOfTheLists() {
        TreeSet<String> listed = new TreeSet<>();
        OWN.keySet().forEach((call) -> listed.add(shape(call)));
        List.of(EVERYBODYS, ADMINS).forEach((list) -> list.forEach((call) -> listed.add(shape(call))));
        TreeSet<String> there = new TreeSet<>();
        BadInputTests.everyCall().filter((call) -> call.contains("{")).forEach((call) -> there.add(shape(call)));
        assertThat(there).isEqualTo(listed);
    }

    private static String shape(String call) {
        return call.replaceAll("\\?.*", "").replaceAll("\\{\\w+}", "{}");
    }

    @TestFactory
    List<DynamicTest> toAStrangerItIsNotThere() {
        String owner = STACK.token("things@example.com");
        String stranger = STACK.token("stranger@example.com");
        Map<String, String> things = things(owner);
        return OWN.keySet().stream().sorted().map((call) -> DynamicTest.dynamicTest(call, () -> {
            String path = call;
            for (Map.Entry<String, String> thing : things.entrySet()) {
                path = path.replace("{" + thing.getKey() + "}", thing.getValue());
            }
            Answer answer = send(path, OWN.getOrDefault(call, ""), stranger);
            assertThat(answer.status()).as(answer.body()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
        })).toList();
    }

    @Test
    void theirOwnerStillHasAllOfThem() {
        String owner = STACK.token("keeps@example.com");
        String stranger = STACK.token("takes@example.com");
        Map<String, String> things = things(owner);
        assertThat(send("DELETE /api/keys/" + things.get("key"), "", stranger).status()).isEqualTo(404);
        assertThat(send("DELETE /api/keys/" + things.get("key"), "", owner).status()).isEqualTo(204);
        assertThat(send("GET /api/brokers/accounts/" + things.get("account"), "", owner).status()).isEqualTo(200);
    }

    private static Map<String, String> things(String owner) {
        String feed = "things-" + UUID.randomUUID().toString().substring(0, 8);
        STACK.post("/api/feeds", owner, Map.of("name", feed));
        String key = STACK.post("/api/keys", owner, Map.of("label", "mine", "feed", feed, "scopes", List.of("read")))
            .text("id");
        String login = STACK.get("/api/auth/logins", owner).json().at("/items/0/id").asString();
        Answer account = BrokerAccountTests.connect(owner, BrokerAccountTests.trader(AccountKind.PLAIN));
        assertThat(account.status()).as(account.body()).isEqualTo(201);
        String order = UUID.randomUUID().toString();
        return Map.of("feed", feed, "key", key, "login", login, "account", account.text("id"), "order", order);
    }

    private static Answer send(String call, String body, String token) {
        String[] parts = call.split(" ", 2);
        HttpRequest.Builder request = STACK.request(parts[1], token);
        return STACK.send(body.isEmpty() ? request.method(parts[0], HttpRequest.BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                    .method(parts[0], HttpRequest.BodyPublishers
                        .ofByteArray(JsonMapper.shared().writeValueAsBytes(JsonMapper.shared().readTree(body)))));
    }

}
