package pregao.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pregao.contracts.Topic;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedCodec;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.contracts.key.Scope;
import pregao.contracts.login.LoginRevocationCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of API keys, feeds and revoked logins by their HTTP API and their topics.
 */
class KeyTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final Map<String, byte[]> RECORDS = new HashMap<>();

    private static @Nullable Consumer<String, byte[]> consumer;

    @BeforeAll
    static void follow() {
        KafkaConsumer<String, byte[]> opened = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, STACK.kafkaServers()), new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(new TopicPartition(Topic.KEY.topicName(), 0),
                new TopicPartition(Topic.FEED.topicName(), 0), new TopicPartition(Topic.LOGIN.topicName(), 0));
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
        consumer = opened;
    }

    @AfterAll
    static void stop() {
        java.util.Objects.requireNonNull(consumer).close();
    }

    @Test
    void firstKeyAndFeedBelongToTheFirstAdmin() {
        ApiKey first = key(ApiKey.hash(SessionTestEnvironment.FIRST_KEY), false);
        String admin = STACK.get("/api/users/me", STACK.login(SessionTestEnvironment.ADMIN).text("access_token"))
            .text("id");
        assertThat(first).isEqualTo(new ApiKey(ApiKey.hash(SessionTestEnvironment.FIRST_KEY), admin, "mt5",
                java.util.Set.of(Scope.INGEST, Scope.READ), false));
        assertThat(FeedCodec.decode(record("mt5"))).isEqualTo(Feed.named("mt5"));
    }

    @Test
    void madeKeyIsShownOnceAndPublishedHashedAndRevoked() {
        String owner = STACK.register("keys@example.com");
        String token = STACK.login("keys@example.com").text("access_token");
        assertThat(STACK.post("/api/feeds", token, Map.of("name", "mine", "clock", "America/New_York+07:00")).status())
            .isEqualTo(201);
        TestResponse testResponse = make(token, "mine", "ingest", "read");
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
        String hash = ApiKey.hash(testResponse.text("key"));
        assertThat(key(hash, false))
            .isEqualTo(new ApiKey(hash, owner, "mine", java.util.Set.of(Scope.INGEST, Scope.READ), false));
        assertThat(FeedCodec.decode(record("mine")).clock().text()).isEqualTo("America/New_York+07:00");
        assertThat(FeedCodec.owner(record("mine"))).hasValue(owner);
        TestResponse listed = STACK.get("/api/keys", token);
        assertThat(listed.body()).contains(testResponse.text("id"))
            .doesNotContain(testResponse.text("key"))
            .doesNotContain(hash);

        assertThat(STACK.delete("/api/keys/" + testResponse.text("id"), token).status()).isEqualTo(204);
        assertThat(key(hash, true).revoked()).isTrue();
        assertThat(STACK.delete("/api/keys/" + testResponse.text("id"), token).status()).isEqualTo(404);
        assertThat(STACK.get("/api/keys", token).json().path("items").size()).isZero();
    }

    @Test
    void keyToWriteIsForOnesOwnFeedAndKeyToReadForAny() {
        String token = STACK.token("reader@example.com");
        assertThat(make(token, "mt5", "ingest").status()).isEqualTo(422);
        assertThat(make(token, "nowhere", "read").status()).isEqualTo(422);
        assertThat(make(token, "mt5", "read").status()).isEqualTo(201);
    }

    @Test
    void recordThatKafkaRefusesIsSetAsideAndHoldsUpNoOther() {
        String token = STACK.token("behind@example.com");
        String id = STACK.sql("""
                insert into session.outbox (topic, name, value)
                values ('session', 'too large', decode(repeat('00', 2000000), 'hex')) returning id""");
        TestResponse testResponse = make(token, "mt5", "read");
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
        assertThat(key(ApiKey.hash(testResponse.text("key")), false).feed()).isEqualTo("mt5");
        await().untilAsserted(() -> assertThat(STACK.sql("""
                select attempts || ' ' || (failure like '%%RecordTooLarge%%') || ' ' || (set_aside_at is not null)
                from session.outbox where id = %s""".formatted(id))).isEqualTo("5 true true"));
        STACK.sql("delete from session.outbox where id = %s returning id".formatted(id));
    }

    @Test
    void somebodyElsesKeyAndFeedAreNotThere() {
        String owner = STACK.token("owner@example.com");
        String otherToken = STACK.token("thief@example.com");
        STACK.post("/api/feeds", owner, Map.of("name", "owners"));
        String id = make(owner, "owners", "ingest").text("id");
        assertThat(STACK.delete("/api/keys/" + id, otherToken).status()).isEqualTo(404);
        assertThat(STACK.put("/api/feeds/owners", otherToken, Map.of("clock", "UTC+03:00")).status()).isEqualTo(404);
        assertThat(make(otherToken, "owners", "ingest").status()).isEqualTo(422);
        assertThat(STACK.get("/api/keys", owner).body()).contains(id);
        assertThat(STACK.patch("/api/feeds/owners", owner, Map.of("clock", "UTC+03:00")).text("clock"))
            .isEqualTo("UTC+03:00");
    }

    @Test
    void nameOfAFeedIsTakenOnceAndBrokersNamesAreForAdmins() {
        String token = STACK.token("names@example.com");
        assertThat(STACK.post("/api/feeds", token, Map.of("name", "mt5")).problem()).isEqualTo("feed-taken");
        assertThat(STACK.post("/api/feeds", token, Map.of("name", "polarium")).status()).isEqualTo(403);
        assertThat(STACK.get("/api/feeds/mt5", token).text("price_basis")).isEqualTo("mid");
        assertThat(STACK.get("/api/feeds/nothing", token).status()).isEqualTo(404);
    }

    @Test
    void erasedPersonsKeysAreRevoked() {
        String token = STACK.token("gone@example.com");
        TestResponse testResponse = make(token, "mt5", "read");
        String hash = ApiKey.hash(testResponse.text("key"));
        key(hash, false);
        assertThat(STACK.post("/api/users/me/erasure", token, Map.of("password", SessionTestEnvironment.PASSWORD))
            .status()).isEqualTo(204);
        assertThat(key(hash, true).revoked()).isTrue();
    }

    @Test
    void endedLoginsAreTold() {
        String userId = STACK.register("ended@example.com");
        TestResponse loggedOut = STACK.login("ended@example.com");
        assertThat(STACK.post("/api/auth/logout", loggedOut.text("access_token"), Map.of()).status()).isEqualTo(204);
        assertThat(endOf(loggedOut)).isEqualTo(loggedOut.text("login"));

        TestResponse reused = STACK.login("ended@example.com");
        Map<String, String> refresh = Map.of("refresh_token", reused.text("refresh_token"));
        assertThat(STACK.post("/api/auth/refresh", null, refresh).status()).isEqualTo(200);
        STACK.passLeeway(reused);
        assertThat(STACK.post("/api/auth/refresh", null, refresh).status()).isEqualTo(401);
        assertThat(endOf(reused)).isEqualTo(reused.text("login"));

        TestResponse otherLogin = STACK.login("ended@example.com");
        TestResponse last = STACK.login("ended@example.com");
        assertThat(STACK.delete("/api/auth/logins", last.text("access_token")).status()).isEqualTo(204);
        assertThat(endOf(otherLogin)).isEqualTo(otherLogin.text("login"));
        assertThat(RECORDS).doesNotContainKey(last.text("login"));
        String admin = STACK.login(SessionTestEnvironment.ADMIN).text("access_token");
        assertThat(STACK.delete("/api/users/" + userId, admin).status()).isEqualTo(204);
        assertThat(endOf(last)).isEqualTo(last.text("login"));
    }

    private static String endOf(TestResponse login) {
        return LoginRevocationCodec.decode(record(login.text("login"))).id();
    }

    private static TestResponse make(String token, String feed, String... scopes) {
        return STACK.post("/api/keys", token, Map.of("label", "a terminal", "feed", feed, "scopes", List.of(scopes)));
    }

    /** Waits until the record of the key has the expected state. */
    private static ApiKey key(String hash, boolean revoked) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            ApiKey key = KeyCodec.decode(record(hash));
            if (key.revoked() == revoked) {
                return key;
            }
            assertThat(System.nanoTime()).as("the key is revoked: " + revoked).isLessThan(end);
            RECORDS.remove(hash);
        }
    }

    private static byte[] record(String name) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!RECORDS.containsKey(name)) {
            assertThat(System.nanoTime()).as("there is a record of " + name).isLessThan(end);
            java.util.Objects.requireNonNull(consumer)
                .poll(Duration.ofMillis(50))
                .forEach((consumerRecord) -> RECORDS.put(consumerRecord.key(), consumerRecord.value()));
        }
        return java.util.Objects.requireNonNull(RECORDS.get(name));
    }

    @Test
    void keyThatIsNotThereIsNotFound() {
        assertThat(STACK.delete("/api/keys/" + UUID.randomUUID(), STACK.token("nokey@example.com")).status())
            .isEqualTo(404);
    }

}
