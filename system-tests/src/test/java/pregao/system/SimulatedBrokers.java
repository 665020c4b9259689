package pregao.system;

import java.net.URI;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import pregao.devcluster.brokersimulator.Simulator;
import pregao.system.driver.Answer;
import pregao.system.driver.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both simulated brokers as somebody outside the protocols sees and steers them.
 */
final class SimulatedBrokers {

    /** What goes wrong at Binance, one after the other, with what its number means. */
    private static final List<String> AT_BINANCE = List.of("error_after_order", "error_before_order",
            "timeout_after_order", "drop_after_order", "no_reply", "lost_event", "order_not_yet_known",
            "partial_fill?number=50", "timeout_before_order", "reset_after_order", "duplicate_event",
            "too_many_requests?number=2", "drop_before_order", "stream_terminated");

    private static final List<String> AT_POLARIUM = List.of("drop_before_reply", "no_reply", "drop_before_booking",
            "no_result", "late_result?number=3", "drop_after_reply", "option_rejected", "duplicate_event",
            "event_before_reply", "stale_version", "ack_missing");

    private final Http binance;

    private final Http polarium;

    SimulatedBrokers(SystemUnderTest system) {
        this.binance = new Http(URI.create(system.stack().serviceUrl(Simulator.BINANCE.partName())));
        this.polarium = new Http(URI.create(system.stack().serviceUrl(Simulator.POLARIUM.partName())));
    }

    /**
     * Connects the first account of Binance.
     * @return its id here
     */
    String connectBinance(RetryingClient person) {
        JsonNode account = account();
        return connected(person, "/api/brokers/binance/accounts", Map.of("kind", "api_key", "key",
                account.path("key").asString(), "secret", account.path("secret").asString(), "signs", "hmac"));
    }

    /**
     * Connects the plain account of Polarium.
     * @return its id here
     */
    String connectPolarium(RetryingClient person) {
        return connected(person, "/api/brokers/polarium/accounts",
                Map.of("kind", "password", "identifier", "trader@simulator.local", "password", "demo"));
    }

    private static String connected(RetryingClient person, String path, Map<String, ?> login) {
        Answer opened = person.ask("POST", path, JsonBodies.of(login));
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        return opened.json().path("id").asString();
    }

    /**
     * Lets something go wrong at both.
     * @param turn the how manieth time
     */
    void trouble(int turn) {
        this.binance.post("/control/faults/" + AT_BINANCE.get(turn % AT_BINANCE.size()), new byte[0]);
        this.polarium.post("/control/faults/" + AT_POLARIUM.get(turn % AT_POLARIUM.size()), new byte[0]);
        if (turn % 7 == 6) {
            this.binance.post("/control/drop", new byte[0]);
            this.polarium.post("/control/drop", new byte[0]);
        }
    }

    void calm() {
        this.binance.post("/control/calm", new byte[0]);
        this.polarium.post("/control/calm", new byte[0]);
    }

    /** What the first account of Binance has ordered. */
    List<JsonNode> orders() {
        long account = account().path("account").asLong();
        return items(this.binance, "/control/orders").stream()
            .filter((order) -> order.path("account").asLong() == account)
            .toList();
    }

    /** What is left of an asset at the first account of Binance. */
    JsonNode balance(String asset) {
        return account().path("balances")
            .values()
            .stream()
            .filter((balance) -> balance.path("asset").asString().equals(asset))
            .findFirst()
            .orElseThrow();
    }

    private JsonNode account() {
        return items(this.binance, "/control/accounts").getFirst();
    }

    /** What the plain account of Polarium has bought. */
    List<JsonNode> options() {
        long user = wallet().path("user_id").asLong();
        return items(this.polarium, "/control/options").stream()
            .filter((option) -> option.path("user").asLong() == user)
            .toList();
    }

    /** The play money of the plain account of Polarium. */
    JsonNode wallet() {
        return items(this.polarium, "/control/balances").get(1);
    }

    private static List<JsonNode> items(Http broker, String path) {
        return List.copyOf(broker.get(path).json().path("items").values());
    }

}
