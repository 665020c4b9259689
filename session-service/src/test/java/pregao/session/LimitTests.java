package pregao.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;

import pregao.simulator.polarium.AccountKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the limits per user with concurrent requests.
 */
class LimitTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final int AT_ONCE = 8;

    @Test
    void keysAskedForAtOnceAreNotMoreThanAllowed() {
        String token = STACK.token("many-keys@example.com");
        String id = person("many-keys@example.com");
        STACK.execute(
                """
                        insert into session.api_key (id, hash, owner, label, hint, feed, scopes, created_at)
                        select gen_random_uuid(), encode(sha256(('many-keys-' || n)::bytea), 'hex'), '%s', 'x', 'x', 'mt5', '{read}', now()
                        from generate_series(1, 98) n"""
                    .formatted(id));
        assertThat(statuses(
                (i) -> STACK.post("/api/keys", token, Map.of("label", "x", "feed", "mt5", "scopes", List.of("read")))))
            .containsOnly(201, 409);
        assertThat(count("session.api_key where owner = '%s'".formatted(id))).isEqualTo(100);
    }

    @Test
    void feedsAskedForAtOnceAreNotMoreThanAllowed() {
        String token = STACK.token("many-feeds@example.com");
        String id = person("many-feeds@example.com");
        for (int i = 0; i < 48; i++) {
            assertThat(STACK.post("/api/feeds", token, Map.of("name", "many-" + i)).status()).isEqualTo(201);
        }
        assertThat(statuses((i) -> STACK.post("/api/feeds", token, Map.of("name", "more-" + i)))).containsOnly(201,
                409);
        assertThat(count("session.feed where owner = '%s'".formatted(id))).isEqualTo(50);
    }

    @Test
    void streamsWishedAtOnceAreNotMoreThanAllowed() {
        String token = STACK.token("many-streams@example.com");
        String id = person("many-streams@example.com");
        assertThat(statuses((i) -> STACK.put("/api/brokers/polarium/streams/MANY" + i, token, Map.of())))
            .containsOnly(200, 409);
        assertThat(count("session.stream_wish where person = '%s'".formatted(id))).isEqualTo(3);
        STACK.execute("delete from session.stream_wish where person = '%s'".formatted(id));
    }

    @Test
    void accountsConnectedAtOnceAreNotMoreThanAllowed() {
        String token = STACK.token("many-accounts@example.com");
        String id = person("many-accounts@example.com");
        STACK.execute(
                """
                        insert into session.broker_account (id, person, broker, label, state, state_since, wanted, epoch, created_at)
                        select gen_random_uuid(), '%s', 'polarium', 'x', 'closed', now(), false, 1, now()
                        from generate_series(1, 9) n"""
                    .formatted(id));
        List<String> traders = List.of(BrokerAccountTests.trader(AccountKind.PLAIN),
                BrokerAccountTests.trader(AccountKind.PLAIN), BrokerAccountTests.trader(AccountKind.PLAIN));
        List<Integer> statuses = statuses(traders.size(), (i) -> BrokerAccountTests.connect(token, traders.get(i)));
        assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409);
        assertThat(count("session.broker_account where person = '%s'".formatted(id))).isEqualTo(10);
    }

    private static String person(String email) {
        return STACK.sql("select id from session.person where email = '%s'".formatted(email));
    }

    private static int count(String table) {
        return Integer.parseInt(STACK.sql("select count(*) from " + table));
    }

    private static List<Integer> statuses(IntFunction<TestResponse> call) {
        return statuses(AT_ONCE, call);
    }

    private static List<Integer> statuses(int calls, IntFunction<TestResponse> call) {
        try (ExecutorService threads = Executors.newFixedThreadPool(calls)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                int number = i;
                answers.add(threads.submit(() -> call.apply(number).status()));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> response : answers) {
                statuses.add(response.get());
            }
            return statuses;
        }
        catch (InterruptedException | ExecutionException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
