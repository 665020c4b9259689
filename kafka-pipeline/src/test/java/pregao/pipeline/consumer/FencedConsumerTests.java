package pregao.pipeline.consumer;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import pregao.contracts.Topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FencedConsumer} with a consumer that has no broker.
 */
class FencedConsumerTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final long NOW = 1_000_000;

    private static final TopicPartition TICK_0 = new TopicPartition("tick", 0);

    private static final TopicPartition TICK_1 = new TopicPartition("tick", 1);

    private static final TopicPartition CANDLE_0 = new TopicPartition("candle", 0);

    private static final TopicPartition CANDLE_1 = new TopicPartition("candle", 1);

    private static final List<TopicPartition> ALL = List.of(TICK_0, TICK_1, CANDLE_0, CANDLE_1);

    private final AtomicLong now = new AtomicLong(NOW);

    private final InstantSource clock = () -> Instant.ofEpochMilli(this.now.get());

    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicInteger timeouts = new AtomicInteger();

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none") {

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions,
                Duration timeout) {
            FencedConsumerTests.this.asked.incrementAndGet();
            if (FencedConsumerTests.this.timeouts.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
                throw new TimeoutException("no broker answers");
            }
            return super.endOffsets(partitions, timeout);
        }

    };

    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, null, new StringSerializer(),
            new ByteArraySerializer());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final ConsumerMetrics metrics = new ConsumerMetrics(this.registry, "test");

    private final DeadLetterPublisher letters = new DeadLetterPublisher(Topic.Service.AGGREGATOR, this.producer,
            this.metrics);

    private final RecordingWork work = new RecordingWork(this.letters);

    private final ConsumerState state = new ConsumerState(this.clock);

    private final FencedConsumer loop = new FencedConsumer(this.consumer, 2, this.work, this.letters,
            new ConsumerProperties("test", "", Duration.ofMillis(50), 100, 1 << 20), this.state, this.clock,
            this.metrics);

    @BeforeEach
    void join() {
        this.loop.subscribe(List.of(Topic.TICK, Topic.CANDLE));
        this.consumer.schedulePollTask(() -> {
            this.consumer.rebalance(ALL);
            ALL.forEach((topicPartition) -> {
                this.consumer.updateBeginningOffsets(Map.of(topicPartition, 0L));
                this.consumer.updateEndOffsets(Map.of(topicPartition, 0L));
            });
        });
        turnUntil("assigned", this.state::isAssigned);
    }

    private void turnUntil(String what, BooleanSupplier done) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within %s: %s", TIMEOUT, what).isLessThan(end);
            this.loop.pollOnce();
        }
    }

    /** The broker has so many records. */
    private void end(TopicPartition partition, long offset) {
        this.consumer.updateEndOffsets(Map.of(partition, offset));
    }

    /** They arrive with the next poll. */
    private void arrive(TopicPartition partition, long first, String... values) {
        List<String> all = List.of(values);
        for (int i = 0; i < all.size(); i++) {
            this.consumer.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), first + i, "key",
                    all.get(i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void readsThroughAtOnceWhereThereIsNothingToRead() {
        this.work.closes.put(0, NOW + 1_000);
        this.loop.pollOnce();
        assertThat(this.work.readThrough).isEmpty();
        this.now.set(NOW + 1_000);
        this.loop.pollOnce();
        assertThat(this.work.readThrough).containsExactly(Map.entry(0, NOW + 1_000));
    }

    @Test
    void asksOnceForADueMomentAndNotWithEveryPoll() {
        this.work.closes.put(0, NOW);
        end(TICK_0, 3);
        for (int i = 0; i < 10; i++) {
            this.loop.pollOnce();
        }
        arrive(TICK_0, 0, "a", "b");
        this.loop.pollOnce();
        this.now.set(NOW + 40);
        assertThat(this.work.readThrough).isEmpty();
        assertThat(this.loop.isCatchingUp()).isTrue();
        arrive(TICK_0, 2, "c");
        this.loop.pollOnce();
        assertThat(this.work.readThrough).containsExactly(Map.entry(0, NOW));
        assertThat(this.asked).hasValue(1);
        assertThat(this.work.done).containsExactly("a", "b", "c");
        assertThat(this.loop.isCatchingUp()).isFalse();
    }

    @Test
    void waitsForTheOtherTopicToo() {
        this.work.closes.put(0, NOW);
        end(CANDLE_0, 1);
        this.loop.pollOnce();
        assertThat(this.work.readThrough).isEmpty();
        arrive(CANDLE_0, 0, "a");
        this.loop.pollOnce();
        assertThat(this.work.readThrough).containsKey(0);
    }

    @Test
    void doesNotWaitForAnotherPartition() {
        this.work.closes.put(0, NOW);
        this.work.closes.put(1, NOW);
        end(TICK_0, 100);
        this.loop.pollOnce();
        assertThat(this.work.readThrough).containsOnlyKeys(1);
        assertThat(this.asked).hasValue(1);
    }

    @Test
    void needsAnotherSampleForALaterMoment() {
        this.work.closes.put(0, NOW);
        this.loop.pollOnce();
        this.work.closes.put(0, NOW + 60_000);
        end(TICK_0, 2);
        arrive(TICK_0, 0, "a");
        this.now.set(NOW + 60_500);
        this.loop.pollOnce();
        assertThat(this.work.readThrough).containsExactly(Map.entry(0, NOW));
        arrive(TICK_0, 1, "b");
        this.now.set(NOW + 60_600);
        this.loop.pollOnce();
        assertThat(this.work.readThrough).containsExactly(Map.entry(0, NOW + 60_500));
    }

    @Test
    void goesOnReadingWhereEndOffsetsAreNotKnown() {
        this.timeouts.set(1);
        this.work.closes.put(0, NOW);
        arrive(TICK_0, 0, "a");
        end(TICK_0, 1);
        this.loop.pollOnce();
        assertThat(this.work.done).containsExactly("a");
        assertThat(this.work.readThrough).isEmpty();
        assertThat(this.state.isAssigned()).isTrue();
        turnUntil("asked again", () -> this.work.readThrough.containsKey(0));
    }

    @Test
    void forgetsWhatWasReadAfterAFailure() {
        this.work.closes.put(0, NOW);
        end(TICK_0, 1);
        this.loop.pollOnce();
        List<SQLException> failures = new ArrayList<>(List.of(new SQLException("away", "08006")));
        this.work.failure = (value) -> failures.isEmpty() ? null : failures.removeFirst();
        arrive(TICK_0, 0, "a");
        this.loop.pollOnce();
        turnUntil("taken over again", this.state::isAssigned);
        assertThat(this.work.readThrough).isEmpty();
        arrive(TICK_0, 0, "a");
        turnUntil("read", () -> this.work.readThrough.containsKey(0));
        assertThat(this.asked).hasValue(2);
        assertThat(this.work.done).containsExactly("a");
    }

    @Test
    void measuresTheLag() {
        end(TICK_1, 5);
        arrive(TICK_1, 0, "a");
        this.loop.pollOnce();
        assertThat(this.registry.get("pregao.test.lag.records").gauge().value()).isEqualTo(4);
        arrive(TICK_1, 1, "b", "c", "d", "e");
        this.loop.pollOnce();
        assertThat(this.registry.get("pregao.test.lag.records").gauge().value()).isZero();
    }

    static Stream<RuntimeException> unexpected() {
        return Stream.of(new NullPointerException("null"), new IllegalStateException("state"),
                new IndexOutOfBoundsException("index"), new DateTimeException("time"), new ClassCastException("cast"),
                new UnsupportedOperationException("unsupported"), new RuntimeException("anything"));
    }

    static Stream<Exception> refusals() {
        return Stream.of(new IllegalArgumentException("argument"), new ArithmeticException("overflow"),
                new SQLException("refused", "23514"), new IllegalStateException(new SQLException("refused", "22003")));
    }

    @ParameterizedTest
    @MethodSource("unexpected")
    void putsARecordAsideThatFailsUnexpectedlySeveralTimes(RuntimeException failure) {
        putsAside(failure);
        assertThat(this.registry.counter("pregao.test.failures", "kind", "unexpected").count()).isGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void putsARecordAsideThatIsRefused(Exception failure) {
        putsAside(failure);
        assertThat(this.registry.counter("pregao.test.failures", "kind", "refused").count()).isEqualTo(2);
    }

    private void putsAside(Exception failure) {
        this.work.failure = (value) -> value.equals("poison") ? failure : null;
        end(TICK_0, 4);
        arriveAgainAndAgain("a", "poison", "b", "c");
        turnUntil("all but one done", () -> this.work.done.contains("c"));
        assertThat(this.work.done).containsExactly("a", "b", "c");
        assertThat(this.producer.history()).singleElement().satisfies((letter) -> {
            assertThat(letter.topic()).isEqualTo("tick.dlt");
            assertThat(letter.value()).isEqualTo("poison".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(letter.headers().lastHeader("cause").value(), StandardCharsets.UTF_8))
                .isEqualTo(failure.getClass().getName());
        });
        assertThat(this.registry.find("pregao.dead.letters").counters()).singleElement()
            .satisfies((counter) -> assertThat(counter.count()).isEqualTo(1));
    }

    /** From where the consumer stands, as after each seek back. */
    private void arriveAgainAndAgain(String... values) {
        this.consumer.schedulePollTask(() -> {
            if (!this.consumer.paused().contains(TICK_0)) {
                int from = (int) this.consumer.position(TICK_0);
                for (int i = from; i < values.length; i++) {
                    arrive(TICK_0, i, values[i]);
                }
            }
            if (!this.work.done.contains("c")) {
                arriveAgainAndAgain(values);
            }
        });
    }

    static Stream<Exception> passing() {
        return Stream.of(new SQLException("away", "08006"), new SQLException("collision", "40001"),
                new PublishException("not known", new IllegalStateException()), new KafkaException("away"),
                new UncheckedIOException(new java.io.IOException("away")));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void triesAgainWhatPasses(Exception failure) {
        List<Exception> failures = new ArrayList<>(List.of(failure, failure, failure, failure));
        this.work.failure = (value) -> failures.isEmpty() ? null : failures.removeFirst();
        end(TICK_0, 3);
        arriveAgainAndAgain("a", "b", "c");
        turnUntil("done", () -> this.work.done.contains("c"));
        assertThat(this.work.done).containsExactly("a", "b", "c");
        assertThat(this.producer.history()).isEmpty();
        assertThat(this.registry.counter("pregao.test.failures", "kind", "transient").count()).isEqualTo(4);
    }

    @Test
    void isReadyOnceAssignedAndWhileARecoveryIsShort() {
        assertThat(this.state.isReady()).isTrue();
        this.work.failure = (value) -> new SQLException("away", "08006");
        arrive(TICK_0, 0, "a");
        this.loop.pollOnce();
        assertThat(this.state.isAssigned()).isFalse();
        this.now.addAndGet(ConsumerState.MAX_POLL_AGE_MILLIS);
        assertThat(this.state.isReady()).isTrue();
        this.now.addAndGet(1);
        assertThat(this.state.isReady()).isFalse();
        assertThat(this.state.isAlive()).isTrue();
        this.now.addAndGet(ConsumerState.MAX_HEARTBEAT_AGE_MILLIS);
        assertThat(this.state.isAlive()).isFalse();
    }

    @Test
    void endsWithAnError() {
        StackOverflowError error = new StackOverflowError("deep");
        this.work.failure = (value) -> {
            throw error;
        };
        arrive(TICK_0, 0, "a");
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(this.loop::pollOnce);
    }

}
