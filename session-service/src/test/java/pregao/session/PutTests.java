package pregao.session;

import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A PUT replaces what it names. One that sets several settings requires all of them, so
 * that none falls back to a default unnoticed.
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
        TreeSet<String> found = new TreeSet<>();
        BadInputTests.everyCall()
            .filter((call) -> call.startsWith("PUT "))
            .forEach((call) -> found.add(call.replaceAll("\\{\\w+}", "{}")));

        assertThat(found).as("a new PUT requires all it sets, or says in its description what missing fields do")
            .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
    }

    @Test
    void rolesAreRequired() {
        String admin = STACK.login(SessionTestEnvironment.ADMIN).text("access_token");
        String id = STACK.get("/api/users/me", admin).text("id");

        assertThat(STACK.put("/api/users/" + id + "/roles", admin, Map.of()).status()).isEqualTo(422);
    }

}
