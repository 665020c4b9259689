package pregao.strategy.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import pregao.pipeline.consumer.PublishException;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.redis.NoOpRedisPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OutboxRelay}. They use a database of their own, because a service that
 * other tests leave running would hold the lock of a shared one.
 */
class OutboxRelayTests {

    private static final StrategyDatabase DATABASE = StrategyDatabase.create();

    private static final String BAD = "bad";

    private final JdbcClient client = JdbcClient.create(DATABASE.pool());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final Kafka kafka = new Kafka();

    private final OutboxRelay relay = new OutboxRelay(DATABASE.pool(), this.kafka,
            new RedisEventForwarder(NoOpRedisPublisher.create(Duration.ofSeconds(1), JsonMapper.shared()), this.client,
                    this.registry),
            this.registry);

    @BeforeEach
    @AfterEach
    void empty() {
        this.client.sql("delete from strategy.event").update();
    }

    @Test
    void setsABadEventAsideAndPublishesTheOthersInOrder() {
        add(1, "one");
        add(2, BAD);
        add(3, "three");
        for (int i = 0; i < 5; i++) {
            this.relay.publishPending();
        }
        assertThat(this.kafka.history()).extracting((record) -> new String(record.value(), StandardCharsets.UTF_8))
            .as("the first attempt was one batch")
            .containsExactly("one", "three", "one", "three");
        assertThat(this.client.sql("select failure from strategy.event where set_aside_at is not null and attempts = 5")
            .query(String.class)
            .list()).singleElement().asString().contains("RecordTooLarge");
    }

    @Test
    void showsHowManyEventsWaitAndSinceWhen() {
        add(1, "one");
        add(2, "two");
        this.kafka.isUnavailable = true;
        assertThatExceptionOfType(PublishException.class).isThrownBy(this.relay::publishPending);
        assertThat(gauge("waiting")).isEqualTo(2);
        assertThat(this.registry.get("pregao.outbox.age").timeGauge().value(TimeUnit.SECONDS)).isGreaterThan(3000);
    }

    @Test
    void countsNoAttemptWhileKafkaIsAway() {
        add(1, "one");
        this.kafka.isUnavailable = true;
        for (int i = 0; i < 6; i++) {
            assertThatExceptionOfType(PublishException.class).isThrownBy(this.relay::publishPending);
        }
        this.kafka.isUnavailable = false;
        this.relay.publishPending();
        assertThat(this.kafka.history()).hasSize(1);
        assertThat(this.client.sql("select attempts from strategy.event").query(Integer.class).list())
            .isEqualTo(List.of(0));
    }

    @Test
    void holdsNoTransactionWhileKafkaIsAwaited() {
        add(1, "one");
        this.kafka.onSend = () -> assertThat(this.client.sql("""
                select count(*) from pg_stat_activity
                where state = 'idle in transaction' and query like 'select id, person, topic%'""")
            .query(Long.class)
            .single()).isZero();
        this.relay.publishPending();
        assertThat(this.kafka.history()).hasSize(1);
    }

    @Test
    void leavesPublishingToTheOneReplicaThatDoesIt() {
        add(1, "one");
        this.kafka.onSend = () -> {
            this.kafka.onSend = () -> {
            };
            this.relay.publishPending();
        };
        this.relay.publishPending();
        assertThat(this.kafka.history()).as("the second turn finds the lock taken").hasSize(1);
    }

    @Test
    void publishesAnEventWhoseTransactionEndsAfterThatOfALaterPlace() {
        add(1, "one");
        add(3, "three");
        this.kafka.onSend = () -> {
            this.kafka.onSend = () -> {
            };
            add(2, "two");
        };
        this.relay.publishPending();
        this.relay.publishPending();
        assertThat(this.kafka.history()).extracting((record) -> new String(record.value(), StandardCharsets.UTF_8))
            .containsExactly("one", "three", "two");
    }

    private double gauge(String state) {
        return this.registry.get("pregao.outbox.rows").tag("state", state).gauge().value();
    }

    private void add(long id, String body) {
        this.client.sql("""
                insert into strategy.event (id, person, topic, body, at)
                values (:id, :person, 'session', :body, now() - interval '1 hour')""")
            .param("id", id)
            .param("person", UUID.randomUUID())
            .param("body", body.getBytes(StandardCharsets.UTF_8))
            .update();
    }

    /** A Kafka producer that can be unavailable, and rejects bad records. */
    private static final class Kafka extends MockProducer<String, byte[]> {

        private boolean isUnavailable;

        private Runnable onSend = () -> {
        };

        Kafka() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record,
                @Nullable Callback callback) {
            this.onSend.run();
            if (this.isUnavailable) {
                return CompletableFuture.failedFuture(new NotLeaderOrFollowerException("in a test"));
            }
            if (new String(record.value(), StandardCharsets.UTF_8).equals(BAD)) {
                return CompletableFuture.failedFuture(new RecordTooLargeException("in a test"));
            }
            return super.send(record, callback);
        }

    }

}
