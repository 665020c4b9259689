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
 * Polls and steps, and after a failure takes all its partitions over anew. Runs on one
 * thread.
 */
public final class FencedConsumer {

    private static final Logger log = LoggerFactory.getLogger(FencedConsumer.class);

    private static final long FIRST_BACK_OFF = 100;

    private static final long LONGEST_BACK_OFF = 5_000;

    /** A client that failed for good does not get well by itself. */
    private static final int MOST_IN_A_ROW = 12;

    private static final long SHOW_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String, byte[]> consumer;

    private final int partitionCount;

    private final PartitionProcessor work;

    private final DeadLetterPublisher deadLetters;

    private final ConsumerProperties settings;

    private final ConsumerState state;

    private final InstantSource clock;

    private final ConsumerMetrics metrics;

    private final EndOffsetSamples samples;

    /** Whether partitions are to be taken over before anything else. */
    private boolean reacquirePending;

    /** Whether nothing of what is remembered may be used for that. */
    private boolean dropStatePending;

    private long backoffMillis;

    private int inARow;

    /** By {@link System#nanoTime}, which nobody sets back. */
    private long retryAtNanos = System.nanoTime();

    private long lastCommitNanos = System.nanoTime();

    /** So many records are stepped one by one, to find the one that is refused. */
    private int isolateRemaining;

    /**
     * A loop that has not begun.
     * @param consumer of the group
     * @param partitionCount how many the topics have
     * @param work what is done
     * @param deadLetters where records go that the database refuses
     * @param settings how it polls
     * @param state what others see of it
     * @param clock for what is due
     * @param metrics what it counts
     */
    public FencedConsumer(Consumer<String, byte[]> consumer, int partitionCount, PartitionProcessor work,
            DeadLetterPublisher deadLetters, ConsumerProperties settings, ConsumerState state, InstantSource clock,
            ConsumerMetrics metrics) {
        this.consumer = consumer;
        this.partitionCount = partitionCount;
        this.work = work;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.metrics = metrics;
        this.samples = new EndOffsetSamples(consumer, clock);
    }

    /**
     * Joins the group.
     * @param reads topics of the same number of partitions
     */
    public void join(List<Topic> reads) {
        this.consumer.subscribe(reads.stream().map(Topic::topicName).toList(), new Rebalance());
    }

    /**
     * Polls once and does what there is to do.
     * @throws WakeupException where it is to end
     */
    public void pollOnce() {
        ConsumerRecords<String, byte[]> records = this.consumer.poll(longestWait(this.clock.millis()));
        this.state.polled();
        if (this.reacquirePending) {
            // Whatever came is read again from where the database says.
            if (System.nanoTime() - this.retryAtNanos >= 0) {
                acquirePartitions();
            }
            return;
        }
        process(records);
    }

    /**
     * Whether something due waits for records that are still to be read.
     * @return true until they are
     */
    public boolean isCatchingUp() {
        return this.reacquirePending || this.samples.isWaiting()
                || this.samples.nextDue(this.work) <= this.clock.millis();
    }

    private Duration longestWait(long now) {
        if (this.reacquirePending) {
            return (System.nanoTime() - this.retryAtNanos >= 0) ? Duration.ZERO : this.settings.poll();
        }
        long due = Math.min(this.work.nextDeadline(), this.samples.nextDue(this.work));
        long toDue = Math.max(0, due - now);
        return Duration.ofMillis(Math.min(this.settings.poll().toMillis(), toDue));
    }

    private void acquirePartitions() {
        Collection<TopicPartition> all = List.copyOf(this.consumer.assignment());
        try {
            if (this.dropStatePending) {
                this.work.onPartitionsLost(all);
                this.dropStatePending = false;
            }
            if (!this.work.onPartitionsAssigned(this.consumer, all, this.partitionCount)) {
                return;
            }
            this.consumer.resume(all);
            this.samples.follow(all);
            this.reacquirePending = false;
            this.state.assigned(true);
        }
        catch (WakeupException ex) {
            throw ex;
        }
        catch (SQLException | RuntimeException ex) {
            recover("taking over " + all, ex);
        }
    }

    private void process(ConsumerRecords<String, byte[]> records) {
        try {
            if (this.isolateRemaining > 0 && !records.isEmpty()) {
                processIndividually(records);
            }
            else {
                this.samples.look(this.work);
                processBatch(records);
            }
            this.backoffMillis = 0;
            this.inARow = 0;
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
            this.work.process(records);
            this.metrics.lag(this.samples.lag());
            this.metrics.batch(records.count());
            commitForMonitoring();
        }
        catch (SQLException | RuntimeException ex) {
            if (FailureKind.of(ex) != FailureKind.TRANSIENT) {
                this.isolateRemaining = records.count();
            }
            throw ex;
        }
    }

    private void processIndividually(ConsumerRecords<String, byte[]> records) throws SQLException {
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                this.isolateRemaining--;
                this.work.process(List.of(record));
            }
            catch (SQLException | RuntimeException ex) {
                if (FailureKind.of(ex) != FailureKind.TRANSIENT) {
                    this.isolateRemaining = records.count();
                    this.deadLetters.failed(record, ex);
                }
                throw ex;
            }
        }
    }

    /**
     * Tells Kafka once a second how far this is, so that an operator's usual tools show
     * the lag. Nothing reads it back: where to go on is in the database.
     */
    private void commitForMonitoring() {
        long now = System.nanoTime();
        if (now - this.lastCommitNanos >= SHOW_EVERY) {
            this.lastCommitNanos = now;
            this.consumer.commitAsync();
        }
    }

    /**
     * Waits, polling, and then takes everything over again: memory may hold what is not
     * stored, and after a lost answer nobody knows whether the commit was done.
     */
    private void recover(String doing, Exception cause) {
        FailureKind kind = FailureKind.of(cause);
        this.metrics.recovery(kind);
        if (cause instanceof FencedException) {
            this.metrics.ownerReplaced();
        }
        this.state.assigned(false);
        this.inARow++;
        if (this.inARow >= MOST_IN_A_ROW && (cause instanceof PublishException || cause instanceof KafkaException)) {
            throw new KafkaException("failed %d times in a row: new clients may help".formatted(this.inARow), cause);
        }
        this.backoffMillis = Math.clamp(this.backoffMillis * 2, FIRST_BACK_OFF, LONGEST_BACK_OFF);
        if (kind == FailureKind.UNEXPECTED) {
            log.error("{} failed unexpectedly and is tried again in {} ms", doing, this.backoffMillis, cause);
        }
        else {
            log.warn("{} failed and is tried again in {} ms: {}", doing, this.backoffMillis, cause.toString());
        }
        this.retryAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.backoffMillis);
        requestReacquire();
        this.consumer.pause(this.consumer.assignment());
    }

    private void requestReacquire() {
        this.samples.follow(List.of());
        this.reacquirePending = true;
        this.dropStatePending = true;
    }

    /**
     * What happens when partitions come and go.
     */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("assigned {}", partitions);
            // No record before it is known from where; the place does not matter yet.
            FencedConsumer.this.consumer.pause(partitions);
            partitions.forEach((partition) -> FencedConsumer.this.consumer.seek(partition, 0));
            requestReacquire();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            log.info("revoked {}", partitions);
            FencedConsumer.this.samples.follow(List.of());
            FencedConsumer.this.work.onPartitionsLost(new ArrayList<>(partitions));
        }

    }

}
