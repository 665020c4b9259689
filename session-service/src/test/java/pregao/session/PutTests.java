package pregao.session;

import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a PUT replaces what it names. A PUT of several settings requires all of
 * them, so that none falls back to its default unnoticed.
 */
class PutTests {

    /** Every PUT, and why a missing field resets nothing. */
    private static final Map<String, String> CALLS = Map.of("PUT /api/feeds/{}", "requires every setting: FeedTests",
            "PUT /api/users/{}/roles", "its one field is required", "PUT /api/brokers/accounts/{}/real-money",
            "its one switch is required", "PUT /api/brokers/accounts/{}/prices", "its one switch is required",
            "PUT /api/brokers/{}/streams/{}", "has no body", "PUT /api/brokers/accounts/{}/orders/{}",
            "an order that is there does not change");

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    @Test
    void everyPutIsKnown() {
        TreeSet<String> putCalls = new TreeSet<>();
        BadInputTests.everyCall()
            .filter((call) -> call.startsWith("PUT "))
            .forEach((call) -> putCalls.add(call.replaceAll("\\{\\w+}", "{}")));

        assertThat(putCalls).as("a new PUT requires all it sets, or says in its description what missing fields do")
            .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
    }

    @Test
    void rolesAreRequired() {
        String admin = STACK.login(SessionTestEnvironment.ADMIN).text("access_token");
        String id = STACK.get("/api/users/me", admin).text("id");

        assertThat(STACK.put("/api/users/" + id + "/roles", admin, Map.of()).status()).isEqualTo(422);
    }

}
