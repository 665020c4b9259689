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
 * Tests for {@link FencedConsumer} with a mock consumer.
 */
class FencedConsumerTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final long NOW = 1_000_000;

    private static final TopicPartition TICK_0 = new TopicPartition("tick", 0);

    private static final TopicPartition TICK_1 = new TopicPartition("tick", 1);

    private static final TopicPartition CANDLE_0 = new TopicPartition("candle", 0);

    private static final TopicPartition CANDLE_1 = new TopicPartition("candle", 1);

    private static final List<TopicPartition> PARTITIONS = List.of(TICK_0, TICK_1, CANDLE_0, CANDLE_1);

    private final AtomicLong now = new AtomicLong(NOW);

    private final InstantSource clock = () -> Instant.ofEpochMilli(this.now.get());

    private final AtomicInteger endOffsetRequests = new AtomicInteger();

    private final AtomicInteger timeouts = new AtomicInteger();

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none") {

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions,
                Duration timeout) {
            FencedConsumerTests.this.endOffsetRequests.incrementAndGet();
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

    private final DeadLetterPublisher deadLetters = new DeadLetterPublisher(Topic.Service.AGGREGATOR, this.producer,
            this.metrics);

    private final RecordingWork processor = new RecordingWork(this.deadLetters);

    private final ConsumerState state = new ConsumerState(this.clock);

    private final FencedConsumer fencedConsumer = new FencedConsumer(this.consumer, 2, this.processor, this.deadLetters,
            new ConsumerProperties("test", "", Duration.ofMillis(50), 100, 1 << 20), this.state, this.clock,
            this.metrics);

    @BeforeEach
    void subscribe() {
        this.fencedConsumer.subscribe(List.of(Topic.TICK, Topic.CANDLE));
        this.consumer.schedulePollTask(() -> {
            this.consumer.rebalance(PARTITIONS);
            PARTITIONS.forEach((topicPartition) -> {
                this.consumer.updateBeginningOffsets(Map.of(topicPartition, 0L));
                this.consumer.updateEndOffsets(Map.of(topicPartition, 0L));
            });
        });
        pollUntil("assigned", this.state::isAssigned);
    }

    private void pollUntil(String description, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within %s: %s", TIMEOUT, description).isLessThan(deadline);
            this.fencedConsumer.pollOnce();
        }
    }

    /** Sets the end offset of the broker. */
    private void setEndOffset(TopicPartition partition, long offset) {
        this.consumer.updateEndOffsets(Map.of(partition, offset));
    }

    /** Adds records that the next poll returns. */
    private void addRecords(TopicPartition partition, long firstOffset, String... values) {
        List<String> recordValues = List.of(values);
        for (int i = 0; i < recordValues.size(); i++) {
            this.consumer.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), firstOffset + i,
                    "key", recordValues.get(i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void readsThroughAtOnceWhereThereIsNothingToRead() {
        this.processor.closeTimes.put(0, NOW + 1_000);
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.readThrough).isEmpty();
        this.now.set(NOW + 1_000);
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.readThrough).containsExactly(Map.entry(0, NOW + 1_000));
    }

    @Test
    void asksOnceForADueMomentAndNotWithEveryPoll() {
        this.processor.closeTimes.put(0, NOW);
        setEndOffset(TICK_0, 3);
        for (int i = 0; i < 10; i++) {
            this.fencedConsumer.pollOnce();
        }
        addRecords(TICK_0, 0, "a", "b");
        this.fencedConsumer.pollOnce();
        this.now.set(NOW + 40);
        assertThat(this.processor.readThrough).isEmpty();
        assertThat(this.fencedConsumer.isCatchingUp()).isTrue();
        addRecords(TICK_0, 2, "c");
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.readThrough).containsExactly(Map.entry(0, NOW));
        assertThat(this.endOffsetRequests).hasValue(1);
        assertThat(this.processor.processed).containsExactly("a", "b", "c");
        assertThat(this.fencedConsumer.isCatchingUp()).isFalse();
    }

    @Test
    void waitsForTheOtherTopicToo() {
        this.processor.closeTimes.put(0, NOW);
        setEndOffset(CANDLE_0, 1);
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.readThrough).isEmpty();
        addRecords(CANDLE_0, 0, "a");
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.readThrough).containsKey(0);
    }

    @Test
    void doesNotWaitForAnotherPartition() {
        this.processor.closeTimes.put(0, NOW);
        this.processor.closeTimes.put(1, NOW);
        setEndOffset(TICK_0, 100);
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.readThrough).containsOnlyKeys(1);
        assertThat(this.endOffsetRequests).hasValue(1);
    }

    @Test
    void needsAnotherSampleForALaterMoment() {
        this.processor.closeTimes.put(0, NOW);
        this.fencedConsumer.pollOnce();
        this.processor.closeTimes.put(0, NOW + 60_000);
        setEndOffset(TICK_0, 2);
        addRecords(TICK_0, 0, "a");
        this.now.set(NOW + 60_500);
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.readThrough).containsExactly(Map.entry(0, NOW));
        addRecords(TICK_0, 1, "b");
        this.now.set(NOW + 60_600);
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.readThrough).containsExactly(Map.entry(0, NOW + 60_500));
    }

    @Test
    void goesOnReadingWhereEndOffsetsAreNotKnown() {
        this.timeouts.set(1);
        this.processor.closeTimes.put(0, NOW);
        addRecords(TICK_0, 0, "a");
        setEndOffset(TICK_0, 1);
        this.fencedConsumer.pollOnce();
        assertThat(this.processor.processed).containsExactly("a");
        assertThat(this.processor.readThrough).isEmpty();
        assertThat(this.state.isAssigned()).isTrue();
        pollUntil("asked again", () -> this.processor.readThrough.containsKey(0));
    }

    @Test
    void forgetsWhatWasReadAfterAFailure() {
        this.processor.closeTimes.put(0, NOW);
        setEndOffset(TICK_0, 1);
        this.fencedConsumer.pollOnce();
        List<SQLException> failures = new ArrayList<>(List.of(new SQLException("away", "08006")));
        this.processor.failure = (value) -> failures.isEmpty() ? null : failures.removeFirst();
        addRecords(TICK_0, 0, "a");
        this.fencedConsumer.pollOnce();
        pollUntil("taken over again", this.state::isAssigned);
        assertThat(this.processor.readThrough).isEmpty();
        addRecords(TICK_0, 0, "a");
        pollUntil("read", () -> this.processor.readThrough.containsKey(0));
        assertThat(this.endOffsetRequests).hasValue(2);
        assertThat(this.processor.processed).containsExactly("a");
    }

    @Test
    void measuresTheLag() {
        setEndOffset(TICK_1, 5);
        addRecords(TICK_1, 0, "a");
        this.fencedConsumer.pollOnce();
        assertThat(this.registry.get("pregao.test.lag.records").gauge().value()).isEqualTo(4);
        addRecords(TICK_1, 1, "b", "c", "d", "e");
        this.fencedConsumer.pollOnce();
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
        becomesDeadLetter(failure);
        assertThat(this.registry.counter("pregao.test.failures", "kind", "unexpected").count()).isGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void putsARecordAsideThatIsRefused(Exception failure) {
        becomesDeadLetter(failure);
        assertThat(this.registry.counter("pregao.test.failures", "kind", "refused").count()).isEqualTo(2);
    }

    private void becomesDeadLetter(Exception failure) {
        this.processor.failure = (value) -> value.equals("poison") ? failure : null;
        setEndOffset(TICK_0, 4);
        addRecordsFromPosition("a", "poison", "b", "c");
        pollUntil("all but one done", () -> this.processor.processed.contains("c"));
        assertThat(this.processor.processed).containsExactly("a", "b", "c");
        assertThat(this.producer.history()).singleElement().satisfies((deadLetter) -> {
            assertThat(deadLetter.topic()).isEqualTo("tick.dlt");
            assertThat(deadLetter.value()).isEqualTo("poison".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(deadLetter.headers().lastHeader("cause").value(), StandardCharsets.UTF_8))
                .isEqualTo(failure.getClass().getName());
        });
        assertThat(this.registry.find("pregao.dead.letters").counters()).singleElement()
            .satisfies((counter) -> assertThat(counter.count()).isEqualTo(1));
    }

    /**
     * Adds the records from the position of the consumer on, as a broker does after a
     * seek.
     */
    private void addRecordsFromPosition(String... values) {
        this.consumer.schedulePollTask(() -> {
            if (!this.consumer.paused().contains(TICK_0)) {
                int from = (int) this.consumer.position(TICK_0);
                for (int i = from; i < values.length; i++) {
                    addRecords(TICK_0, i, values[i]);
                }
            }
            if (!this.processor.processed.contains("c")) {
                addRecordsFromPosition(values);
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
        this.processor.failure = (value) -> failures.isEmpty() ? null : failures.removeFirst();
        setEndOffset(TICK_0, 3);
        addRecordsFromPosition("a", "b", "c");
        pollUntil("done", () -> this.processor.processed.contains("c"));
        assertThat(this.processor.processed).containsExactly("a", "b", "c");
        assertThat(this.producer.history()).isEmpty();
        assertThat(this.registry.counter("pregao.test.failures", "kind", "transient").count()).isEqualTo(4);
    }

    @Test
    void isReadyOnceAssignedAndWhileARecoveryIsShort() {
        assertThat(this.state.isReady()).isTrue();
        this.processor.failure = (value) -> new SQLException("away", "08006");
        addRecords(TICK_0, 0, "a");
        this.fencedConsumer.pollOnce();
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
        this.processor.failure = (value) -> {
            throw error;
        };
        addRecords(TICK_0, 0, "a");
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(this.fencedConsumer::pollOnce);
    }

}
