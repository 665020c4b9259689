package pregao.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

import pregao.contracts.key.ApiKey;
import pregao.session.broker.account.SharedSessionRotation;
import pregao.session.broker.marketdata.Leases;
import pregao.session.broker.polarium.PolariumSimulatorExtension;
import pregao.simulator.polarium.AccountKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people wish to be streamed, from outside.
 */
class StreamTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String STREAMS = "/api/brokers/polarium/streams/";

    @Test
    void wishIsStreamedThroughASessionWhosePersonAgreed() {
        String token = STACK.token("streams@example.com");
        assertThat(STACK.put(STREAMS + "GBPUSD-OTC", token, Map.of()).status()).isEqualTo(200);
        share(STACK.token("has-an-account@example.com"));
        PolariumSimulatorExtension.await(TIMEOUT, "closed candles at ingest",
                () -> STACK.ingest().finalCandles("GBPUSD-OTC").size() >= 60);
        PolariumSimulatorExtension.await(TIMEOUT, "a forming candle at ingest",
                () -> !STACK.ingest().formingCandles("GBPUSD-OTC").isEmpty());
        PolariumSimulatorExtension.await(TIMEOUT, "the state", () -> state(token, "GBPUSD-OTC").equals("streaming"));
        String key = STACK.ingest().keys().stream().findFirst().orElseThrow();
        assertThat(STACK.sql("""
                select k.feed || ' ' || array_to_string(k.scopes, ',') || ' ' || (p.email is null)
                from session.api_key k join session.person p on p.id = k.owner where k.hash = '%s'"""
            .formatted(ApiKey.hash(key)))).isEqualTo("polarium ingest true");
        assertThat(STACK.sql("select hint || label from session.api_key where hash = '%s'".formatted(ApiKey.hash(key))))
            .doesNotContain(key.substring(7, 12));
        assertThat(STACK.get("/api/feeds/polarium", token).body()).contains("\"own\":false", "\"calendar\":\"always\"");
    }

    @Test
    void whatIsNotTradedIsSaidSo() {
        String token = STACK.token("coffee@example.com");
        share(token);
        assertThat(STACK.put(STREAMS + "COFFEE", token, Map.of()).text("state")).isEqualTo("waiting");
        PolariumSimulatorExtension.await(TIMEOUT, "the state", () -> state(token, "COFFEE").equals("not_traded"));
    }

    @Test
    void onlySessionsWhosePersonAgreedAreUsedAndTheseInTurn() {
        STACK.execute("update session.broker_account set shares_prices = false");
        SharedSessionRotation sessions = STACK.bean(SharedSessionRotation.class);
        String ana = STACK.token("ana-shares@example.com");
        String path = connect(ana);
        assertThat(STACK.get(path, ana).body()).as("nobody agrees unasked").contains("\"shares_prices\":false");
        assertThat(sessions.next("polarium").blockOptional(TIMEOUT)).isEmpty();

        assertThat(STACK.put(path + "/prices", ana, Map.of()).status()).isEqualTo(422);
        assertThat(STACK.put(path + "/prices", ana, Map.of("allowed", true)).body()).contains("\"shares_prices\":true");
        SharedSessionRotation.SharedSession anas = next(sessions);
        assertThat(next(sessions).session()).isEqualTo(anas.session());
        share(STACK.token("bia-shares@example.com"));
        assertThat(List.of(next(sessions).session(), next(sessions).session()))
            .as("the one and the other, whoever begins")
            .doesNotHaveDuplicates()
            .contains(anas.session());

        assertThat(STACK.put(path + "/prices", ana, Map.of("allowed", false)).status()).isEqualTo(200);
        assertThat(anas.withdrawn().thenReturn("ended").block(TIMEOUT)).isEqualTo("ended");
        assertThat(List.of(next(sessions).session(), next(sessions).session())).doesNotContain(anas.session());
        assertThat(STACK.get("/api/auth/events", ana).body()).contains("prices_shared", "prices_not_shared");
    }

    private static SharedSessionRotation.SharedSession next(SharedSessionRotation sessions) {
        return sessions.next("polarium").blockOptional(TIMEOUT).orElseThrow();
    }

    @Test
    void wishesAreOnesOwnAndBounded() {
        String token = STACK.token("wishes@example.com");
        String other = STACK.token("others-wishes@example.com");
        for (String symbol : new String[] { "AUDCAD-OTC", "EURGBP-OTC", "USDJPY-OTC", "AUDCAD-OTC" }) {
            assertThat(STACK.put(STREAMS + symbol, token, Map.of()).status()).isEqualTo(200);
        }
        assertThat(STACK.put(STREAMS + "EURUSD-OTC", token, Map.of()).problem()).isEqualTo("too-many");
        assertThat(STACK.get("/api/brokers/polarium/streams", token).body()).contains("AUDCAD-OTC", "USDJPY-OTC");
        assertThat(STACK.get("/api/brokers/polarium/streams", other).body()).doesNotContain("AUDCAD-OTC");
        assertThat(STACK.get(STREAMS + "AUDCAD-OTC", other).status()).isEqualTo(404);
        assertThat(STACK.delete(STREAMS + "AUDCAD-OTC", other).status()).isEqualTo(404);
        assertThat(STACK.delete(STREAMS + "AUDCAD-OTC", token).status()).isEqualTo(204);
        assertThat(STACK.delete(STREAMS + "AUDCAD-OTC", token).status()).isEqualTo(404);
    }

    @Test
    void wrongWishHearsWhatIsWrong() {
        String token = STACK.token("wrong-wish@example.com");
        assertThat(STACK.put("/api/brokers/nowhere/streams/EURUSD-OTC", token, Map.of()).status()).isEqualTo(404);
        TestResponse wrong = STACK.put(STREAMS + "A%E2%82%ACB", token, Map.of());
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("\"field\":\"symbol\"");
        assertThat(STACK.put(STREAMS + "EURUSD-OTC", null, Map.of()).status()).isEqualTo(401);
    }

    @Test
    void whoIsForgottenWishesNothing() {
        String token = STACK.token("forgotten-wish@example.com");
        STACK.put(STREAMS + "EURJPY-OTC", token, Map.of());
        String id = STACK.get("/api/users/me", token).text("id");
        assertThat(wishesOf(id)).isEqualTo("1");
        STACK.delete("/api/users/" + id, STACK.login(SessionTestEnvironment.ADMIN).text("access_token"));
        assertThat(wishesOf(id)).isEqualTo("0");
    }

    @Test
    void feedIsOneReplicasUntilItIsSilentOrLetsGo() {
        DatabaseClient database = STACK.bean(DatabaseClient.class);
        Leases first = new Leases(database, "leased");
        Leases second = new Leases(database, "leased");
        assertThat(first.acquire()).isTrue();
        assertThat(second.acquire()).isFalse();
        assertThat(first.acquire()).isTrue();
        STACK.execute("update session.feed_lease set beat_at = beat_at - interval '4 s' where feed = 'leased'");
        assertThat(second.acquire()).as("silent for 4 seconds").isFalse();
        STACK.execute("update session.feed_lease set beat_at = beat_at - interval '2 s' where feed = 'leased'");
        assertThat(second.acquire()).as("silent for 6 seconds").isTrue();
        assertThat(first.acquire()).isFalse();
        assertThat(STACK.sql("select epoch from session.feed_lease where feed = 'leased'")).isEqualTo("2");
        second.release();
        assertThat(first.acquire()).isTrue();
    }

    private static String wishesOf(String person) {
        return STACK.sql("select count(*) from session.stream_wish where person = '%s'".formatted(person));
    }

    private static String state(String token, String symbol) {
        return STACK.get(STREAMS + symbol, token).text("state");
    }

    private static void share(String token) {
        TestResponse shared = STACK.put(connect(token) + "/prices", token, Map.of("allowed", true));
        assertThat(shared.status()).as(shared.body()).isEqualTo(200);
    }

    private static String connect(String token) {
        String trader = UUID.randomUUID() + "@broker.example";
        STACK.broker().open(trader, "pw", AccountKind.PLAIN);
        TestResponse testResponse = STACK.post("/api/brokers/polarium/accounts", token,
                Map.of("kind", "password", "identifier", trader, "password", "pw"));
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
        return "/api/brokers/accounts/" + testResponse.text("id");
    }

}
