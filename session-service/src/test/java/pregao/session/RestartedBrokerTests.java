package pregao.session;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import pregao.simulator.polarium.AccountKind;
import pregao.simulator.polarium.PolariumSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of orders when the simulator of the broker starts anew under them, as a
 * second {@code start --with-simulators} has it.
 */
class RestartedBrokerTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final String PASSWORD = "broker's password";

    @Test
    void ordersBeforeAndAfterARestartKeepApart() {
        String token = STACK.token("second-start@example.com");
        PolariumSimulator before = simulator(0);
        int port = before.port();
        try (ConfigurableApplicationContext replica = replica(port)) {
            String account = "/api/brokers/accounts/" + post(replica, "/api/brokers/polarium/accounts", token);
            String over = account + "/orders/" + UUID.randomUUID();
            String running = account + "/orders/" + UUID.randomUUID();
            long first = number(place(replica, over, token, 5));
            await(replica, over, token, "the first option to end", (answer) -> state(answer).equals("settled"));
            long second = number(place(replica, running, token, 30));
            before.close();
            PolariumSimulator after = simulator(port);
            try {
                post(replica, account + "/reconnect", token);
                for (int turn = 0; turn < 2; turn++) {
                    String order = account + "/orders/" + UUID.randomUUID();
                    long number = number(place(replica, order, token, 5));
                    assertThat(number).isNotIn(first, second);
                    TestResponse settled = await(replica, order, token, "the option to end",
                            (answer) -> state(answer).equals("settled"));
                    assertThat(settled.json().at("/outcome/broker_id").asLong()).isEqualTo(number);
                }
                assertThat(after.control("/control/state").path("options").asLong()).isEqualTo(2);
                assertThat(state(get(replica, over, token))).isEqualTo("settled");
                assertThat(state(get(replica, running, token))).as("it was acknowledged").isEqualTo("placed");
            }
            finally {
                after.close();
            }
        }
    }

    private static PolariumSimulator simulator(int port) {
        PolariumSimulator simulator = new PolariumSimulator(7, Clock.systemUTC());
        simulator.open("trader@broker", PASSWORD, AccountKind.PLAIN);
        simulator.start(port);
        return simulator;
    }

    private static ConfigurableApplicationContext replica(int port) {
        List<String> settings = SessionTestEnvironment.polarium(port);
        return STACK.another(settings.toArray(String[]::new));
    }

    private static String post(ConfigurableApplicationContext replica, String path, String token) {
        TestResponse testResponse = STACK.send(STACK.request(replica, path, token)
            .header("Content-Type", "application/json")
            .POST(SessionTestEnvironment
                .json(Map.of("kind", "password", "identifier", "trader@broker", "password", PASSWORD))));
        assertThat(testResponse.status()).as(testResponse.body()).isIn(200, 201);
        return testResponse.text("id");
    }

    private static TestResponse place(ConfigurableApplicationContext replica, String path, String token, int seconds) {
        Map<String, Object> option = Map.of("symbol", "EURUSD-OTC", "direction", "call", "stake", 10, "seconds",
                seconds, "payout", 87);
        TestResponse placed = STACK.send(STACK.request(replica, path, token)
            .header("Content-Type", "application/json")
            .PUT(SessionTestEnvironment.json(Map.of("money", "demo", "option", option))));
        assertThat(state(placed)).as(placed.body()).isEqualTo("placed");
        return placed;
    }

    private static TestResponse get(ConfigurableApplicationContext replica, String path, String token) {
        return STACK.send(STACK.request(replica, path, token).GET());
    }

    private static long number(TestResponse answer) {
        return answer.json().at("/outcome/broker_id").asLong();
    }

    private static String state(TestResponse answer) {
        return answer.json().at("/outcome/state").asString();
    }

    private static TestResponse await(ConfigurableApplicationContext replica, String path, String token, String what,
            Predicate<TestResponse> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            TestResponse answer = get(replica, path, token);
            if (condition.test(answer)) {
                return answer;
            }
            assertThat(System.nanoTime()).as("waited in vain for %s: %s", what, answer.body()).isLessThan(end);
        }
    }

}
