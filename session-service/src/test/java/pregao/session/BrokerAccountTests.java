package pregao.session;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Topic;
import pregao.contracts.service.InternalHeader;
import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.contracts.session.BrokerSessionEvent;
import pregao.contracts.session.BrokerSessionEventCodec;
import pregao.session.broker.account.BrokerSessionRegistry;
import pregao.simulator.polarium.AccountKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Accounts at a broker, from outside.
 */
class BrokerAccountTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final String PASSWORD = "broker's password";

    @Test
    void brokersTellHowOneIsLetIn() {
        TestResponse brokers = STACK.get("/api/brokers", STACK.token("brokers@example.com"));
        assertThat(brokers.json().at("/items/0/name").asString()).isEqualTo("polarium");
        assertThat(brokers.json().at("/items/0/simulator").asBoolean()).isTrue();
        assertThat(brokers.json().at("/items/0/logins").toString()).isEqualTo("[\"password\",\"session\",\"oauth2\"]");
    }

    @Test
    void passwordLetsInAndIsNotKept() {
        String token = STACK.token("password@example.com");
        TestResponse testResponse = connect(token, trader(AccountKind.PLAIN));
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
        assertThat(testResponse.text("state")).isEqualTo("opened");
        String id = testResponse.text("id");
        assertThat(STACK.get("/api/brokers/accounts", token).body()).contains(id).doesNotContain(PASSWORD);
        TestResponse balances = STACK.get("/api/brokers/accounts/" + id + "/balances", token);
        assertThat(balances.status()).as(balances.body()).isEqualTo(200);
        assertThat(balances.body()).contains("\"money\":\"demo\"", "10000");
        assertThat(STACK.get("/api/brokers/accounts/" + id + "/instruments", token).body()).contains("EURUSD-OTC");
        assertThat(STACK
            .sql("select encode(credentials, 'escape') from session.broker_account where id = '%s'".formatted(id)))
            .isNotEmpty()
            .doesNotContain(PASSWORD, "token", "session");
    }

    @Test
    void stepThatIsNoneIsNamed() {
        String token = STACK.token("step@example.com");
        TestResponse wanted = connect(token, trader(AccountKind.TWO_FACTOR));
        String path = "/api/brokers/accounts/" + wanted.text("id") + "/code";
        for (Map<String, String> body : List.of(Map.of("step", "first", "code", "1"), Map.of("step", "", "code", "1"),
                Map.of("step", "1-1-1-1-1", "code", "1"), Map.of("code", "1"))) {
            TestResponse refused = STACK.post(path, token, body);
            assertThat(refused.status()).as(refused.body()).isEqualTo(422);
            assertThat(refused.body()).contains("\"field\":\"step\"");
        }
        String unknown = UUID.randomUUID().toString();
        assertThat(STACK.post(path, token, Map.of("step", unknown, "code", "1")).problem()).isEqualTo("step-over");
    }

    @Test
    void codeIsWantedAndGiven() {
        String token = STACK.token("code@example.com");
        TestResponse wanted = connect(token, trader(AccountKind.TWO_FACTOR));
        assertThat(wanted.status()).as(wanted.body()).isEqualTo(202);
        assertThat(wanted.text("state")).isEqualTo("code_wanted");
        assertThat(wanted.json().at("/code/methods").toString()).isEqualTo("[\"sms\",\"email\"]");
        String path = "/api/brokers/accounts/" + wanted.text("id");
        String step = wanted.json().at("/code/step").asString();
        String until = Instant.parse(wanted.json().at("/code/until").asString())
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
        for (String asked : List.of("/balances", "/candles?symbol=EURUSD-OTC&seconds=60")) {
            TestResponse refused = STACK.get(path + asked, token);
            assertThat(refused.problem()).as(refused.body()).isEqualTo("code-wanted");
            assertThat(refused.json().path("detail").asString()).contains("a code", until);
        }
        TestResponse wrong = STACK.post(path + "/code", token, Map.of("step", step, "code", "no"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.problem()).isEqualTo("wrong-code");
        String code = STACK.broker().control("/control/state").path("code").asString();
        TestResponse given = STACK.post(path + "/code", token, Map.of("step", step, "code", code));
        assertThat(given.status()).as(given.body()).isEqualTo(201);
        assertThat(given.text("state")).isEqualTo("opened");
        assertThat(STACK.post(path + "/code", token, Map.of("step", step, "code", code)).problem())
            .isEqualTo("step-over");
        assertThat(STACK.get(path + "/balances", token).status()).isEqualTo(200);
    }

    @Test
    void whoIsNotLetInHearsWhy() {
        String token = STACK.token("refused@example.com");
        String trader = trader(AccountKind.PLAIN);
        TestResponse wrong = STACK.post("/api/brokers/polarium/accounts", token,
                Map.of("kind", "password", "identifier", trader, "password", "not it"));
        assertThat(wrong.problem()).isEqualTo("wrong-credentials");
        assertThat(connect(token, trader(AccountKind.FORBIDDEN)).problem()).isEqualTo("password-not-taken");
        TestResponse busy = connect(token, trader(AccountKind.RATE_LIMITED));
        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.header("Retry-After")).isEqualTo("600");
        assertThat(STACK.post("/api/brokers/polarium/accounts", token, Map.of("kind", "session", "token", "stolen"))
            .problem()).isEqualTo("signed-out");
        assertThat(STACK.post("/api/brokers/polarium/accounts", token, Map.of("kind", "api_key")).body())
            .contains("\"field\":\"kind\"", "password, session, oauth2");
        assertThat(STACK.post("/api/brokers/nowhere/accounts", token, Map.of("kind", "session")).status())
            .isEqualTo(404);
        assertThat(STACK.get("/api/brokers/accounts", token).json().path("items").size()).isZero();
    }

    @Test
    void somebodyElsesAccountIsNotThere() {
        String id = connect(STACK.token("theirs@example.com"), trader(AccountKind.PLAIN)).text("id");
        String other = STACK.token("curious@example.com");
        String path = "/api/brokers/accounts/" + id;
        for (String each : List.of("", "/balances", "/instruments", "/candles?symbol=EURUSD-OTC")) {
            assertThat(STACK.get(path + each, other).status()).as(each).isEqualTo(404);
        }
        assertThat(STACK.post(path + "/reconnect", other, Map.of("kind", "session", "token", "x")).status())
            .isEqualTo(404);
        assertThat(
                STACK.post(path + "/code", other, Map.of("step", UUID.randomUUID().toString(), "code", "1")).status())
            .isEqualTo(404);
        assertThat(STACK.delete(path, other).status()).isEqualTo(404);
        assertThat(STACK.get("/api/brokers/accounts", other).body()).doesNotContain(id);
    }

    @Test
    void deletedAccountIsGoneAndItsSessionClosed() {
        String token = STACK.token("deleted@example.com");
        String id = connect(token, trader(AccountKind.PLAIN)).text("id");
        assertThat(STACK.delete("/api/brokers/accounts/" + id, token).status()).isEqualTo(204);
        assertThat(STACK.get("/api/brokers/accounts/" + id, token).status()).isEqualTo(404);
        await("the session to be closed", () -> sessions().find(UUID.fromString(id)).isEmpty());
    }

    @Test
    void erasedPersonsAccountsAreGone() {
        String token = STACK.token("forget@example.com");
        String id = connect(token, trader(AccountKind.PLAIN)).text("id");
        STACK.post("/api/users/me/erasure", token, Map.of("password", SessionTestEnvironment.PASSWORD));
        await("the session to be closed", () -> sessions().find(UUID.fromString(id)).isEmpty());
        assertThat(STACK.sql("select count(*) from session.broker_account where id = '%s'".formatted(id)))
            .isEqualTo("0");
    }

    @Test
    void onlySoManyAccountsAreKept() {
        String token = STACK.token("many@example.com");
        for (int i = 0; i < 10; i++) {
            assertThat(connect(token, trader(AccountKind.PLAIN)).status()).isEqualTo(201);
        }
        assertThat(connect(token, trader(AccountKind.PLAIN)).problem()).isEqualTo("too-many");
    }

    @Test
    void idleSessionIsClosedAndOpenedAgainWhenItIsNeeded() {
        String token = STACK.token("idle@example.com");
        try (ConfigurableApplicationContext replica = STACK.another("--pregao.broker.idle-timeout=3s")) {
            TestResponse testResponse = STACK.send(STACK.request(replica, "/api/brokers/polarium/accounts", token)
                .header("Content-Type", "application/json")
                .POST(SessionTestEnvironment.json(password(trader(AccountKind.PLAIN)))));
            String path = "/api/brokers/accounts/" + testResponse.text("id");
            await("the idle session to be closed", () -> STACK.get(path, token).text("state").equals("closed"));
            assertThat(STACK.get(path + "/balances", token).status()).isEqualTo(200);
            await("it to be told", () -> STACK.get(path, token).text("state").equals("opened"));
        }
    }

    @Test
    void anotherReplicaAnswersWithWhatTheOwnerSays() {
        String token = STACK.token("replica@example.com");
        String id = connect(token, trader(AccountKind.PLAIN)).text("id");
        try (ConfigurableApplicationContext replica = STACK.another()) {
            TestResponse balances = STACK
                .send(STACK.request(replica, "/api/brokers/accounts/" + id + "/balances", token).GET());
            assertThat(balances.status()).as(balances.body()).isEqualTo(200);
            assertThat(balances.body()).contains("10000");
            assertThat(replica.getBean(BrokerSessionRegistry.class).find(UUID.fromString(id))).isEmpty();
            assertThat(hopped(replica, id, token, ServiceName.SESSION)).isEqualTo(503);
            assertThat(hopped(replica, id, token, ServiceName.GATEWAY)).isEqualTo(200);
            assertThat(hopped(replica, id, token, ServiceName.STRATEGY)).isEqualTo(200);
        }
    }

    /** A request that says it was passed on already, with what a service shows. */
    private static int hopped(ConfigurableApplicationContext replica, String id, String token, ServiceName caller) {
        return STACK
            .send(STACK.request(replica, "/api/brokers/accounts/" + id + "/balances", token)
                .header(InternalHeader.HOP, "once")
                .header(InternalHeader.PASS,
                        SessionTestEnvironment.CALLERS.token(caller, ServiceName.SESSION, Operation.REQUESTS_FORWARD))
                .GET())
            .status();
    }

    @Test
    void replicaThatEndsInOrderHandsItsAccountsOverAtOnce() {
        String token = STACK.token("handover@example.com");
        for (int i = 0; i < 3; i++) { // what only waits for a code is no part of the
                                      // share
            assertThat(connect(token, trader(AccountKind.TWO_FACTOR)).status()).isEqualTo(202);
        }
        ConfigurableApplicationContext replica = STACK.another();
        TestResponse testResponse = STACK.send(STACK.request(replica, "/api/brokers/polarium/accounts", token)
            .header("Content-Type", "application/json")
            .POST(SessionTestEnvironment.json(password(trader(AccountKind.PLAIN)))));
        UUID id = UUID.fromString(testResponse.text("id"));
        assertThat(sessions().find(id)).isEmpty();
        String owner = STACK.sql("select owner from session.broker_account where id = '%s'".formatted(id));
        replica.close();
        assertThat(STACK.sql("select id from session.instance")).doesNotContain(owner);
        await("the other replica to have it open",
                () -> sessions().find(id).map((open) -> open.state().text()).orElse("").equals("opened"));
        assertThat(STACK.get("/api/brokers/accounts/" + id + "/balances", token).status()).isEqualTo(200);
    }

    @Test
    void whatHappensToSessionsIsTold() {
        String token = STACK.token("told@example.com");
        UUID user = UUID.fromString(STACK.get("/api/users/me", token).text("id"));
        UUID id = UUID.fromString(connect(token, trader(AccountKind.PLAIN)).text("id"));
        STACK.delete("/api/brokers/accounts/" + id, token);
        Map<UUID, List<String>> told = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, STACK.kafkaServers()), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.SESSION.topicName())
                .stream()
                .map((partitionInfo) -> new TopicPartition(partitionInfo.topic(), partitionInfo.partition()))
                .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await("both events", () -> {
                consumer.poll(Duration.ofMillis(50)).forEach((consumerRecord) -> {
                    BrokerSessionEvent event = BrokerSessionEventCodec.decode(consumerRecord.value());
                    told.computeIfAbsent(event.account(), (account) -> new ArrayList<>())
                        .add(consumerRecord.key() + " " + event.user() + " " + event.broker() + " "
                                + event.change().text());
                });
                return told.getOrDefault(id, List.of()).size() == 2;
            });
        }
        assertThat(told.get(id)).containsExactly(user + " " + user + " polarium opened",
                user + " " + user + " polarium account_removed");
    }

    @Test
    void renewedTokensAreKept() {
        String token = STACK.token("oauth@example.com");
        JsonNode tokens = tokens(trader(AccountKind.PLAIN));
        TestResponse testResponse = STACK.post("/api/brokers/polarium/accounts", token,
                Map.of("kind", "oauth2", "access_token", tokens.path("access_token").asString(), "refresh_token",
                        tokens.path("refresh_token").asString()));
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
        UUID id = UUID.fromString(testResponse.text("id"));
        String before = sealed(id);
        STACK.broker().control("/control/logout");
        STACK.broker().control("/control/drop");
        await("other tokens to be kept", () -> !sealed(id).equals(before));
        await("the session to be back",
                () -> STACK.get("/api/brokers/accounts/" + id + "/balances", token).status() == 200);
    }

    @Test
    void signedOutPersonIsToldAndConnectsAgain() {
        String token = STACK.token("signedout@example.com");
        String trader = trader(AccountKind.PLAIN);
        String path = "/api/brokers/accounts/" + connect(token, trader).text("id");
        STACK.broker().control("/control/logout");
        STACK.broker().control("/control/drop");
        await("the account to be signed out", () -> STACK.get(path, token).text("state").equals("signed_out"));
        assertThat(STACK.get(path + "/balances", token).problem()).isEqualTo("signed-out");
        assertThat(STACK.post(path + "/reconnect", token, password(trader)).text("state")).isEqualTo("opened");
        assertThat(STACK.get(path + "/balances", token).status()).isEqualTo(200);
    }

    @Test
    void whatTheBrokerRefusesIsKeptAndTriedAgainWhenItsPersonSaysSo() {
        String token = STACK.token("kept@example.com");
        String trader = trader(AccountKind.PLAIN);
        UUID id = UUID.fromString(connect(token, trader).text("id"));
        String path = "/api/brokers/accounts/" + id;
        String kept = sealed(id);
        STACK.broker().control("/control/logout");
        STACK.broker().control("/control/drop");
        await("the account to be signed out", () -> STACK.get(path, token).text("state").equals("signed_out"));
        assertThat(sealed(id)).as("kept").isEqualTo(kept);
        assertThat(STACK.get(path + "/balances", token).problem()).as("nothing is tried by itself")
            .isEqualTo("signed-out");
        TestResponse refused = STACK.post(path + "/reconnect", token, Map.of());
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("signed-out");
        assertThat(sealed(id)).as("kept").isEqualTo(kept);
        assertThat(STACK.get(path, token).text("state")).isEqualTo("signed_out");
        assertThat(STACK.post(path + "/reconnect", token, password(trader)).text("state")).isEqualTo("opened");
        assertThat(STACK.delete(path, token).status()).isEqualTo(204);
        assertThat(sealed(id)).as("deleted when its person says so").isEmpty();
    }

    @Test
    void whatIsKeptLetsInAgain() {
        String token = STACK.token("kept-good@example.com");
        String id = connect(token, trader(AccountKind.PLAIN)).text("id");
        TestResponse again = STACK.post("/api/brokers/accounts/" + id + "/reconnect", token, Map.of());
        assertThat(again.text("state")).as(again.body()).isEqualTo("opened");
    }

    /** What the broker's page gives to who agrees there. */
    private static JsonNode tokens(String trader) {
        String code = STACK.broker()
            .control("/control/authorize?email=" + trader
                    + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
            .path("code")
            .asString();
        return STACK
            .send(HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + STACK.broker().port() + "/auth/oauth.v5/token"))
                .POST(SessionTestEnvironment.json(Map.of("grant_type", "authorization_code", "code", code,
                        "code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))))
            .json();
    }

    private static String sealed(UUID id) {
        return STACK.sql("select md5(credentials) from session.broker_account where id = '%s'".formatted(id));
    }

    private static BrokerSessionRegistry sessions() {
        return STACK.bean(BrokerSessionRegistry.class);
    }

    static String trader(AccountKind kind) {
        String name = UUID.randomUUID() + "@broker";
        STACK.broker().open(name, PASSWORD, kind);
        return name;
    }

    static Map<String, ?> password(String trader) {
        Map<String, String> wish = new HashMap<>();
        wish.put("kind", "password");
        wish.put("identifier", trader);
        wish.put("password", PASSWORD);
        return wish;
    }

    static TestResponse connect(String token, String trader) {
        return STACK.post("/api/brokers/polarium/accounts", token, password(trader));
    }

    private static void await(String what, Supplier<Boolean> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.get()) {
            assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

}
