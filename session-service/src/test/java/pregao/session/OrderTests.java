package pregao.session;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.simulator.polarium.AccountKind;
import pregao.simulator.polarium.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders for a broker, from outside and from inside.
 */
class OrderTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final String PASSWORD = "broker's password";

    private static final int PAYOUT = 87;

    @Test
    void demoOptionIsPlacedOnceAndFollowedToItsEnd() {
        Trader trader = new Trader("newcomer@example.com");
        String order = trader.path(UUID.randomUUID());
        long sold = sold();
        TestResponse placed = STACK.put(order, trader.token(), option("demo", "call", PAYOUT));
        assertThat(placed.status()).as(placed.body()).isEqualTo(200);
        assertThat(placed.json().at("/outcome/state").asString()).isEqualTo("placed");
        assertThat(placed.json().at("/outcome/payout").asInt()).isEqualTo(PAYOUT);
        TestResponse again = STACK.put(order, trader.token(), option("demo", "call", PAYOUT));
        assertThat(again.json().at("/outcome/broker_id")).isEqualTo(placed.json().at("/outcome/broker_id"));
        assertThat(sold()).isEqualTo(sold + 1);
        TestResponse settled = await(order, trader.token(), "the option to be settled",
                (answer) -> state(answer).equals("settled"));
        assertThat(settled.json().at("/outcome/result").asString()).isIn("win", "loss", "equal");
        assertThat(settled.json().at("/outcome/payout").asInt()).isEqualTo(PAYOUT);
        assertThat(STACK.get(trader.path() + "/orders", trader.token()).body()).contains("settled");
    }

    @Test
    void sameIdWithAnotherBodyIsRefused() {
        Trader trader = new Trader("twice@example.com");
        String order = trader.path(UUID.randomUUID());
        STACK.put(order, trader.token(), option("demo", "call", PAYOUT));
        long sold = sold();
        TestResponse other = STACK.put(order, trader.token(), option("demo", "put", PAYOUT));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("order-id-used");
        assertThat(sold()).isEqualTo(sold);
    }

    @Test
    void orderThatPaysTooLittleIsRefused() {
        Trader trader = new Trader("greedy@example.com");
        String order = trader.path(UUID.randomUUID());
        TestResponse refused = STACK.put(order, trader.token(), option("demo", "call", 99));
        assertThat(refused.status()).isEqualTo(200);
        assertThat(state(refused)).isEqualTo("refused");
        assertThat(refused.json().at("/outcome/why").asString()).isEqualTo("payout_too_low");
        assertThat(refused.json().at("/outcome/payout").asInt()).isEqualTo(PAYOUT);
        assertThat(state(STACK.get(order, trader.token()))).isEqualTo("refused");
    }

    @Test
    void realMoneyIsNotForOrdersByHandAndNeedsBothSwitches() {
        Trader trader = new Trader("real@example.com");
        TestResponse byHand = STACK.put(trader.path(UUID.randomUUID()), trader.token(), option("real", "call", PAYOUT));
        assertThat(byHand.status()).isEqualTo(422);
        assertThat(byHand.body()).contains("\"field\":\"money\"");
        TestResponse off = STACK.put(trader.path() + "/real-money", trader.token(),
                Map.of("allowed", true, "password", SessionTestEnvironment.PASSWORD));
        assertThat(off.problem()).isEqualTo("real-money-off");
        TestResponse inside = internal(UUID.randomUUID(), trader, option("real", "call", PAYOUT));
        assertThat(state(inside)).isEqualTo("not_sent");
        assertThat(inside.json().at("/outcome/why").asString()).isEqualTo("real_money_off");
        try (ConfigurableApplicationContext replica = STACK.another("--pregao.broker.real-money=true")) {
            String name = UUID.randomUUID() + "@broker";
            STACK.broker().open(name, PASSWORD, AccountKind.PLAIN);
            TestResponse testResponse = STACK
                .send(STACK.request(replica, "/api/brokers/polarium/accounts", trader.token())
                    .header("Content-Type", "application/json")
                    .POST(SessionTestEnvironment
                        .json(Map.of("kind", "password", "identifier", name, "password", PASSWORD))));
            Trader there = new Trader(trader.token(), testResponse.text("id"));
            assertThat(why(replica, there)).isEqualTo("real_money_off");
            assertThat(allowed(replica, there, "not mine").problem()).isEqualTo("wrong-password");
            assertThat(why(replica, there)).isEqualTo("real_money_off");
            assertThat(allowed(replica, there, SessionTestEnvironment.PASSWORD).json().path("real_money").asBoolean())
                .isTrue();
            // All switches are on, and there is no real money in the account.
            assertThat(why(replica, there)).isEqualTo("no_funds");
        }
    }

    private static TestResponse allowed(ConfigurableApplicationContext replica, Trader trader, String password) {
        return STACK.send(STACK.request(replica, trader.path() + "/real-money", trader.token())
            .header("Content-Type", "application/json")
            .PUT(SessionTestEnvironment.json(Map.of("allowed", true, "password", password))));
    }

    private static String why(ConfigurableApplicationContext replica, Trader trader) {
        return STACK
            .send(STACK.request(replica, "/internal/orders/" + UUID.randomUUID(), token(Operation.ORDERS_PLACE))
                .header("Content-Type", "application/json")
                .PUT(SessionTestEnvironment.json(decided(trader, option("real", "call", PAYOUT)))))
            .json()
            .at("/outcome/why")
            .asString();
    }

    @Test
    void orderThatIsTooLateOrAlikeAnUnresolvedOneIsNotSent() {
        Trader trader = new Trader("late@example.com");
        long sold = sold();
        Map<String, Object> late = option("demo", "call", PAYOUT);
        late.put("decided_at", Clock.systemUTC().instant().minusSeconds(60).toString());
        late.put("valid_until", Clock.systemUTC().instant().minusSeconds(30).toString());
        TestResponse tooLate = STACK.put(trader.path(UUID.randomUUID()), trader.token(), late);
        assertThat(tooLate.json().at("/outcome/why").asString()).as(tooLate.body()).isEqualTo("too_late");
        UUID stuck = UUID.randomUUID();
        STACK.execute("""
                insert into session.execution (id, account, person, broker, money, symbol, side, body, epoch, state,
                  outcome, created_at, changed_at) values ('%s', '%s', '%s', 'polarium', 'demo', 'EURUSD-OTC', 'call',
                  '{"money":"demo"}', 1, 'sending', '{"state":"sending"}', now(), now())""".formatted(stuck,
                trader.account(), UUID.randomUUID()));
        TestResponse alike = STACK.put(trader.path(UUID.randomUUID()), trader.token(), option("demo", "call", PAYOUT));
        assertThat(alike.json().at("/outcome/why").asString()).isEqualTo("unresolved");
        assertThat(sold()).isEqualTo(sold);
        assertThat(state(STACK.put(trader.path(UUID.randomUUID()), trader.token(), option("demo", "put", PAYOUT))))
            .isEqualTo("placed");
        STACK.execute("delete from session.execution where id = '%s'".formatted(stuck));
    }

    @Test
    void ordersAlikeWaitForOneAnother() {
        Trader trader = new Trader("together@example.com");
        long sold = sold();
        List<String> states = Stream.generate(() -> trader.path(UUID.randomUUID()))
            .limit(3)
            .toList()
            .parallelStream()
            .map((path) -> state(STACK.put(path, trader.token(), option("demo", "call", PAYOUT))))
            .toList();
        assertThat(states).containsOnly("placed");
        assertThat(sold()).isEqualTo(sold + 3);
    }

    @Test
    void orderWithoutAReplyIsFoundAtTheBrokerAndNotSentAgain() {
        Trader trader = new Trader("noreply@example.com");
        String order = trader.path(UUID.randomUUID());
        long sold = sold();
        STACK.broker().arm(Fault.DROP_BEFORE_REPLY);
        STACK.put(order, trader.token(), option("demo", "call", PAYOUT));
        TestResponse testResponse = await(order, trader.token(), "the order to be found",
                (answer) -> state(answer).equals("placed") || state(answer).equals("settled"));
        assertThat(testResponse.json().at("/outcome/broker_id").asLong()).isPositive();
        assertThat(sold()).isEqualTo(sold + 1);
    }

    @Test
    void numberThatAnotherOrderHasIsNeitherAbsentNorForgotten() {
        Trader trader = new Trader("again@example.com");
        UUID first = UUID.randomUUID();
        TestResponse testResponse = STACK.put(trader.path(first), trader.token(), option("demo", "call", PAYOUT));
        assertThat(state(testResponse)).as(testResponse.body()).isEqualTo("placed");
        long next = testResponse.json().at("/outcome/broker_id").asLong() + 1;
        STACK.execute("update session.execution set broker_id = %d where id = '%s'".formatted(next, first));
        UUID second = UUID.randomUUID();
        TestResponse taken = STACK.put(trader.path(second), trader.token(), option("demo", "call", PAYOUT));
        assertThat(taken.status()).isEqualTo(200);
        isForAPersonToResolve(taken, next, first);
        isForAPersonToResolve(STACK.get(trader.path(second), trader.token()), next, first);
        assertThat(STACK.sql("select due_at from session.execution where id = '%s'".formatted(second)))
            .as("it is not asked about")
            .isEqualTo("null");
        assertThat(state(STACK.put(trader.path(UUID.randomUUID()), trader.token(), option("demo", "call", PAYOUT))))
            .as("nothing waits for it")
            .isEqualTo("placed");
    }

    @Test
    void orderThatItsBrokerHasForgottenIsForAPersonToResolve() {
        Trader trader = new Trader("forgotten@example.com");
        UUID order = UUID.randomUUID();
        TestResponse placed = STACK.put(trader.path(order), trader.token(), option("demo", "call", PAYOUT));
        long number = placed.json().at("/outcome/broker_id").asLong();
        STACK.execute("""
                update session.execution set state = 'forgotten', due_at = null,
                  outcome = '{"state": "forgotten", "broker_id": %d}' where id = '%s'""".formatted(number, order));
        TestResponse forgotten = STACK.get(trader.path(order), trader.token());
        assertThat(forgotten.status()).isEqualTo(200);
        assertThat(state(forgotten)).isEqualTo("forgotten");
        assertThat(forgotten.json().at("/outcome/broker_id").asLong()).isEqualTo(number);
    }

    @Test
    void orderFoundUnderTheNumberOfAnEarlierOneIsNotAbsent() {
        Trader trader = new Trader("restarted@example.com");
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        STACK.put(trader.path(first), trader.token(), option("demo", "call", PAYOUT));
        TestResponse placed = STACK.put(trader.path(second), trader.token(), option("demo", "call", PAYOUT));
        long number = placed.json().at("/outcome/broker_id").asLong();
        // As if the second had been lost, and the broker had begun to count anew between
        // the two.
        STACK.execute("""
                update session.execution set state = 'sending', outcome = '{"state":"sending"}', broker_id = null,
                  body = body || jsonb_build_object('decided_at', now() - interval '30 s',
                    'valid_until', now() - interval '20 s'), due_at = now() - interval '1 s'
                where id = '%s'""".formatted(second));
        STACK.execute("""
                update session.execution set broker_id = %d, body = body || jsonb_build_object(
                  'decided_at', now() - interval '120 s', 'valid_until', now() - interval '110 s')
                where id = '%s'""".formatted(number, first));
        TestResponse testResponse = await(trader.path(second), trader.token(), "the order to be found",
                (answer) -> !state(answer).equals("sending"));
        isForAPersonToResolve(testResponse, number, first);
    }

    @Test
    void numberOfAnotherDayIsAnotherOrders() {
        Trader trader = new Trader("tomorrow@example.com");
        UUID first = UUID.randomUUID();
        TestResponse testResponse = STACK.put(trader.path(first), trader.token(), option("demo", "call", PAYOUT));
        long next = testResponse.json().at("/outcome/broker_id").asLong() + 1;
        STACK.execute("""
                update session.execution set broker_id = %d, created_at = created_at - interval '1 day'
                where id = '%s'""".formatted(next, first));
        String order = trader.path(UUID.randomUUID());
        TestResponse placed = STACK.put(order, trader.token(), option("demo", "call", PAYOUT));
        assertThat(state(placed)).as(placed.body()).isEqualTo("placed");
        assertThat(placed.json().at("/outcome/broker_id").asLong()).isEqualTo(next);
        await(order, trader.token(), "the order to be settled", (answer) -> state(answer).equals("settled"));
    }

    private static void isForAPersonToResolve(TestResponse answer, long number, UUID other) {
        assertThat(state(answer)).as(answer.body()).isEqualTo("ambiguous");
        assertThat(answer.json().at("/outcome/candidates/0").asLong()).isEqualTo(number);
        assertThat(answer.json().at("/outcome/other").asString()).isEqualTo(other.toString());
    }

    @Test
    void wrongBodyHearsWhatIsWrong() {
        Trader trader = new Trader("wrong@example.com");
        TestResponse wrong = STACK.put(trader.path(UUID.randomUUID()), trader.token(),
                Map.of("money", "play", "option", Map.of("symbol", "", "direction", "up", "stake", -1, "seconds", 61)));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("\"money\"", "option.symbol", "option.direction", "option.stake",
                "option.seconds", "option.payout");
        assertThat(STACK.put(trader.path(UUID.randomUUID()), trader.token(), Map.of("money", "demo")).body())
            .contains("either option or spot");
    }

    @Test
    void lengthThatIsNotOfferedIsRefusedForGood() {
        Trader trader = new Trader("length@example.com");
        assertThat(state(STACK.put(trader.path(UUID.randomUUID()), trader.token(), option("demo", "call", PAYOUT))))
            .isEqualTo("placed");
        long sold = sold();
        UUID id = UUID.randomUUID();
        Map<String, Object> wish = option("demo", "put", PAYOUT);
        wish.put("option",
                Map.of("symbol", "EURUSD-OTC", "direction", "put", "stake", 10, "seconds", 45, "payout", PAYOUT));
        TestResponse refused = STACK.put(trader.path(id), trader.token(), wish);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("\"field\":\"option.seconds\"");
        TestResponse inside = internal(id, trader, wish);
        assertThat(inside.status()).as(inside.body()).isEqualTo(200);
        assertThat(inside.json().path("id").asString()).isEqualTo(id.toString());
        assertThat(state(inside)).isEqualTo("not_sent");
        assertThat(inside.json().at("/outcome/message").asString()).startsWith("option.seconds: ");
        assertThat(STACK.sql("select state from session.execution where id = '%s'".formatted(id)))
            .as("the broker may offer it when the same order comes again")
            .isEqualTo("not_sent");
        assertThat(sold()).isEqualTo(sold);
    }

    @Test
    void somebodyElsesOrdersAreNotThere() {
        Trader trader = new Trader("orders@example.com");
        String order = trader.path(UUID.randomUUID());
        STACK.put(order, trader.token(), option("demo", "call", PAYOUT));
        String other = STACK.token("nosy@example.com");
        assertThat(STACK.get(order, other).status()).isEqualTo(404);
        assertThat(STACK.get(trader.path() + "/orders", other).status()).isEqualTo(404);
        assertThat(STACK.put(order, other, option("demo", "call", PAYOUT)).status()).isEqualTo(404);
        assertThat(STACK.put(trader.path() + "/real-money", other, Map.of("allowed", false)).status()).isEqualTo(404);
        assertThat(STACK.get(trader.path(UUID.randomUUID()), trader.token()).status()).isEqualTo(404);
    }

    @Test
    void insideIsForOtherServicesOnly() {
        Trader trader = new Trader("inside@example.com");
        String path = "/internal/orders/" + UUID.randomUUID();
        assertThat(STACK.get(path, null).status()).isEqualTo(401);
        assertThat(STACK.get(path, trader.token()).status()).isEqualTo(401);
        assertThat(STACK.put(path, trader.token(), option("demo", "call", PAYOUT)).status()).isEqualTo(401);
        assertThat(STACK.get(path, token(Operation.ORDERS_READ)).status()).isEqualTo(404);
        assertThat(STACK.get("/api/brokers/accounts", token(Operation.ORDERS_READ)).status()).isEqualTo(401);
        UUID id = UUID.randomUUID();
        TestResponse placed = internal(id, trader, option("demo", "call", PAYOUT));
        assertThat(state(placed)).as(placed.body()).isEqualTo("placed");
        assertThat(STACK.get("/internal/orders/" + id, token(Operation.ORDERS_READ)).json().at("/outcome/broker_id"))
            .isEqualTo(placed.json().at("/outcome/broker_id"));
    }

    @Test
    void insideAnOrderThatIsNeverSentIsToldSoWithItsId() {
        Trader trader = new Trader("definite@example.com");
        long sold = sold();
        Map<String, Object> wish = option("demo", "call", PAYOUT);
        isNotSent(wish, "invalid", "account: the account's id");

        Map<String, Object> elsewhere = decided(trader, wish);
        elsewhere.put("account", UUID.randomUUID().toString());
        isNotSent(elsewhere, "not_connected", "There is no account");

        // Nobody need be connected to say that it is too late.
        elsewhere.put("decided_at", Clock.systemUTC().instant().minusSeconds(60).toString());
        elsewhere.put("valid_until", Clock.systemUTC().instant().minusSeconds(30).toString());
        isNotSent(elsewhere, "too_late", "It was valid until");

        UUID placed = UUID.randomUUID();
        assertThat(state(internal(placed, trader, wish))).isEqualTo("placed");
        assertThat(state(
                STACK.put("/internal/orders/" + placed, token(Operation.ORDERS_PLACE), option("demo", "up", PAYOUT))))
            .as("what is known of an order stands, whatever is sent under its id")
            .isIn("placed", "settled");
        assertThat(sold()).isEqualTo(sold + 1);
    }

    private static void isNotSent(Map<String, Object> wish, String why, String message) {
        UUID id = UUID.randomUUID();
        TestResponse answer = STACK.put("/internal/orders/" + id, token(Operation.ORDERS_PLACE), wish);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("id")).isEqualTo(id.toString());
        assertThat(state(answer)).isEqualTo("not_sent");
        assertThat(answer.json().at("/outcome/why").asString()).isEqualTo(why);
        assertThat(answer.json().at("/outcome/message").asString()).contains(message);
    }

    @Test
    void insideAnotherReplicaPassesTheOrderToTheOwner() {
        Trader trader = new Trader("replicas@example.com");
        UUID id = UUID.randomUUID();
        try (ConfigurableApplicationContext replica = STACK.another()) {
            // Decided once the replica is there, as it is valid for seconds only.
            Map<String, Object> wish = decided(trader, option("demo", "call", PAYOUT));
            TestResponse placed = STACK
                .send(STACK.request(replica, "/internal/orders/" + id, token(Operation.ORDERS_PLACE))
                    .header("Content-Type", "application/json")
                    .PUT(SessionTestEnvironment.json(wish)));
            assertThat(state(placed)).as(placed.body()).isEqualTo("placed");
            TestResponse testResponse = STACK
                .send(STACK.request(replica, "/internal/orders/" + id, token(Operation.ORDERS_READ)).GET());
            assertThat(testResponse.json().at("/outcome/broker_id")).isEqualTo(placed.json().at("/outcome/broker_id"));
        }
    }

    private static String token(Operation operation) {
        return SessionTestEnvironment.CALLERS.token(ServiceName.STRATEGY, ServiceName.SESSION, operation);
    }

    private static TestResponse internal(UUID id, Trader trader, Map<String, Object> wish) {
        return STACK.put("/internal/orders/" + id, token(Operation.ORDERS_PLACE), decided(trader, wish));
    }

    private static Map<String, Object> decided(Trader trader, Map<String, Object> wish) {
        Map<String, Object> decided = new HashMap<>(wish);
        decided.put("account", trader.account());
        decided.put("decided_at", Clock.systemUTC().instant().toString());
        decided.put("valid_until", Clock.systemUTC().instant().plusSeconds(5).toString());
        return decided;
    }

    private static Map<String, Object> option(String money, String direction, int payout) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("money", money);
        wish.put("option",
                Map.of("symbol", "EURUSD-OTC", "direction", direction, "stake", 10, "seconds", 5, "payout", payout));
        return wish;
    }

    private static String state(TestResponse answer) {
        return answer.json().at("/outcome/state").asString();
    }

    private static long sold() {
        return STACK.broker().control("/control/state").path("options").asLong();
    }

    private static TestResponse await(String path, String token, String what, Predicate<TestResponse> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            TestResponse answer = STACK.get(path, token);
            if (condition.test(answer)) {
                return answer;
            }
            assertThat(System.nanoTime()).as("waited in vain for %s: %s", what, answer.body()).isLessThan(end);
        }
    }

    /**
     * Somebody with an account at the broker.
     */
    private record Trader(String token, String account) {

        Trader(String email) {
            this(STACK.token(email), "");
        }

        private Trader {
            if (account.isEmpty()) {
                String name = UUID.randomUUID() + "@broker";
                STACK.broker().open(name, PASSWORD, AccountKind.PLAIN);
                TestResponse made = STACK.post("/api/brokers/polarium/accounts", token,
                        Map.of("kind", "password", "identifier", name, "password", PASSWORD));
                account = made.text("id");
            }
        }

        String path() {
            return "/api/brokers/accounts/" + this.account;
        }

        String path(UUID order) {
            return path() + "/orders/" + order;
        }

    }

}
