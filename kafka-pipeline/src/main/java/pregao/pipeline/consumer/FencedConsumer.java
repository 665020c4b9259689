package pregao.pipeline.consumer;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Topic;
import pregao.pipeline.offset.FencedException;

/**
 * Polls records and hands them to a processor. After a failure, it recovers all its
 * partitions from the offsets in the database. Runs on one thread.
 */
public final class FencedConsumer {

    private static final Logger log = LoggerFactory.getLogger(FencedConsumer.class);

    private static final long MIN_BACKOFF_MILLIS = 100;

    private static final long MAX_BACKOFF_MILLIS = 5_000;

    /** A Kafka client that failed permanently does not recover by itself. */
    private static final int MAX_CONSECUTIVE_FAILURES = 12;

    private static final long COMMIT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String, byte[]> consumer;

    private final int partitionCount;

    private final PartitionProcessor processor;

    private final DeadLetterPublisher deadLetters;

    private final ConsumerProperties properties;

    private final ConsumerState state;

    private final InstantSource clock;

    private final ConsumerMetrics metrics;

    private final EndOffsetSamples samples;

    /** Whether partitions have to be recovered before anything else. */
    private boolean reacquirePending;

    /** Whether the recovery has to drop the state in memory first. */
    private boolean dropStatePending;

    private long backoffMillis;

    private int consecutiveFailures;

    /** The {@link System#nanoTime} of the next recovery attempt. */
    private long retryAtNanos = System.nanoTime();

    private long lastCommitNanos = System.nanoTime();

    /**
     * The number of records to process one by one, to find the record that is refused.
     */
    private int recordsToIsolate;

    /**
     * Creates a consumer that has not subscribed yet.
     * @param consumer the Kafka consumer of the group
     * @param partitionCount the number of partitions of each topic
     * @param processor processes the records
     * @param deadLetters takes the records that the database refuses
     * @param properties how to poll
     * @param state the state that health checks read
     * @param clock the clock for deadlines
     * @param metrics the metrics
     */
    public FencedConsumer(Consumer<String, byte[]> consumer, int partitionCount, PartitionProcessor processor,
            DeadLetterPublisher deadLetters, ConsumerProperties properties, ConsumerState state, InstantSource clock,
            ConsumerMetrics metrics) {
        this.consumer = consumer;
        this.partitionCount = partitionCount;
        this.processor = processor;
        this.deadLetters = deadLetters;
        this.properties = properties;
        this.state = state;
        this.clock = clock;
        this.metrics = metrics;
        this.samples = new EndOffsetSamples(consumer, clock);
    }

    /**
     * Subscribes to topics.
     * @param topics topics with the same number of partitions
     */
    public void subscribe(List<Topic> topics) {
        this.consumer.subscribe(topics.stream().map(Topic::topicName).toList(), new Rebalance());
    }

    /**
     * Polls once and processes the records and the deadlines that are due.
     * @throws WakeupException if the consumer is to stop
     */
    public void pollOnce() {
        ConsumerRecords<String, byte[]> records = this.consumer.poll(computePollTimeout(this.clock.millis()));
        this.state.recordPoll();
        if (this.reacquirePending) {
            // Drops the polled records: recovery seeks to the stored offsets and reads
            // them again.
            if (System.nanoTime() - this.retryAtNanos >= 0) {
                acquirePartitions();
            }
            return;
        }
        process(records);
    }

    /**
     * Returns true while something that is due waits for records that are still unread.
     * @return whether the consumer is catching up
     */
    public boolean isCatchingUp() {
        return this.reacquirePending || this.samples.hasPendingSamples()
                || this.samples.nextDueTime(this.processor) <= this.clock.millis();
    }

    private Duration computePollTimeout(long now) {
        if (this.reacquirePending) {
            return (System.nanoTime() - this.retryAtNanos >= 0) ? Duration.ZERO : this.properties.poll();
        }
        long deadline = Math.min(this.processor.nextDeadline(), this.samples.nextDueTime(this.processor));
        long millisUntilDeadline = Math.max(0, deadline - now);
        return Duration.ofMillis(Math.min(this.properties.poll().toMillis(), millisUntilDeadline));
    }

    private void acquirePartitions() {
        Collection<TopicPartition> partitions = List.copyOf(this.consumer.assignment());
        try {
            if (this.dropStatePending) {
                this.processor.onPartitionsLost(partitions);
                this.dropStatePending = false;
            }
            if (!this.processor.onPartitionsAssigned(this.consumer, partitions, this.partitionCount)) {
                return;
            }
            this.consumer.resume(partitions);
            this.samples.track(partitions);
            this.reacquirePending = false;
            this.state.setAssigned(true);
        }
        catch (WakeupException ex) {
            throw ex;
        }
        catch (SQLException | RuntimeException ex) {
            recover("taking over " + partitions, ex);
        }
    }

    private void process(ConsumerRecords<String, byte[]> records) {
        try {
            if (this.recordsToIsolate > 0 && !records.isEmpty()) {
                processIndividually(records);
            }
            else {
                this.samples.update(this.processor);
                processBatch(records);
            }
            this.backoffMillis = 0;
            this.consecutiveFailures = 0;
        }
        catch (WakeupException ex) {
            throw ex;
        }
        catch (SQLException | RuntimeException ex) {
            recover("a step", ex);
        }
    }

    private void processBatch(ConsumerRecords<String, byte[]> records) throws SQLException {
        try {
            this.processor.process(records);
            this.metrics.setLag(this.samples.computeLag());
            this.metrics.recordBatchSize(records.count());
            commitForMonitoring();
        }
        catch (SQLException | RuntimeException ex) {
            if (FailureKind.of(ex) != FailureKind.TRANSIENT) {
                this.recordsToIsolate = records.count();
            }
            throw ex;
        }
    }

    private void processIndividually(ConsumerRecords<String, byte[]> records) throws SQLException {
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                this.recordsToIsolate--;
                this.processor.process(List.of(record));
            }
            catch (SQLException | RuntimeException ex) {
                if (FailureKind.of(ex) != FailureKind.TRANSIENT) {
                    this.recordsToIsolate = records.count();
                    this.deadLetters.recordFailure(record, ex);
                }
                throw ex;
            }
        }
    }

    /**
     * Commits offsets to Kafka once a second, so that the usual tools show the lag.
     * Nothing reads them back: the offsets in the database count.
     */
    private void commitForMonitoring() {
        long now = System.nanoTime();
        if (now - this.lastCommitNanos >= COMMIT_INTERVAL_NANOS) {
            this.lastCommitNanos = now;
            this.consumer.commitAsync();
        }
    }

    /**
     * Schedules a recovery of all partitions after a backoff, during which polling goes
     * on. Memory may hold state that is not stored, and after a lost response it is
     * unknown whether the transaction was committed.
     */
    private void recover(String action, Exception cause) {
        FailureKind kind = FailureKind.of(cause);
        this.metrics.countRecovery(kind);
        if (cause instanceof FencedException) {
            this.metrics.countOwnerReplacement();
        }
        this.state.setAssigned(false);
        this.consecutiveFailures++;
        if (this.consecutiveFailures >= MAX_CONSECUTIVE_FAILURES
                && (cause instanceof PublishException || cause instanceof KafkaException)) {
            throw new KafkaException(
                    "failed %d times in a row: new clients may help".formatted(this.consecutiveFailures), cause);
        }
        this.backoffMillis = Math.clamp(this.backoffMillis * 2, MIN_BACKOFF_MILLIS, MAX_BACKOFF_MILLIS);
        if (kind == FailureKind.UNEXPECTED) {
            log.error("{} failed unexpectedly and is tried again in {} ms", action, this.backoffMillis, cause);
        }
        else {
            log.warn("{} failed and is tried again in {} ms: {}", action, this.backoffMillis, cause.toString());
        }
        this.retryAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.backoffMillis);
        requestReacquire();
        this.consumer.pause(this.consumer.assignment());
    }

    private void requestReacquire() {
        this.samples.track(List.of());
        this.reacquirePending = true;
        this.dropStatePending = true;
    }

    /**
     * Pauses assigned partitions until they are recovered, and drops revoked ones.
     */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("assigned {}", partitions);
            // Any offset will do: records flow only after recovery has sought to the
            // stored offset.
            FencedConsumer.this.consumer.pause(partitions);
            partitions.forEach((partition) -> FencedConsumer.this.consumer.seek(partition, 0));
            requestReacquire();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            log.info("revoked {}", partitions);
            FencedConsumer.this.samples.track(List.of());
            FencedConsumer.this.processor.onPartitionsLost(new ArrayList<>(partitions));
        }

    }

}
