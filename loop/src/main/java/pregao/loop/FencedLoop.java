package pregao.loop;

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
import pregao.loop.fence.OwnerReplaced;

/**
 * Polls and steps, and after a failure takes all its partitions over anew. Runs on one
 * thread.
 */
public final class FencedLoop {

    private static final Logger log = LoggerFactory.getLogger(FencedLoop.class);

    private static final long FIRST_BACK_OFF = 100;

    private static final long LONGEST_BACK_OFF = 5_000;

    /** A client that failed for good does not get well by itself. */
    private static final int MOST_IN_A_ROW = 12;

    private static final long SHOW_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String, byte[]> consumer;

    private final int partitionCount;

    private final Work work;

    private final DeadLetters deadLetters;

    private final LoopSettings settings;

    private final LoopState state;

    private final InstantSource clock;

    private final LoopMetrics metrics;

    private final EndOffsetSamples samples;

    /** Whether partitions are to be taken over before anything else. */
    private boolean toTake;

    /** Whether nothing of what is remembered may be used for that. */
    private boolean toForget;

    private long backOff;

    private int inARow;

    /** By {@link System#nanoTime}, which nobody sets back. */
    private long waitUntil = System.nanoTime();

    private long shown = System.nanoTime();

    /** So many records are stepped one by one, to find the one that is refused. */
    private int alone;

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
    public FencedLoop(Consumer<String, byte[]> consumer, int partitionCount, Work work, DeadLetters deadLetters,
            LoopSettings settings, LoopState state, InstantSource clock, LoopMetrics metrics) {
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
    public void turn() {
        ConsumerRecords<String, byte[]> records = this.consumer.poll(longestWait(this.clock.millis()));
        this.state.polled();
        if (this.toTake) {
            // Whatever came is read again from where the database says.
            if (System.nanoTime() - this.waitUntil >= 0) {
                take();
            }
            return;
        }
        step(records);
    }

    /**
     * Whether something due waits for records that are still to be read.
     * @return true until they are
     */
    public boolean isCatchingUp() {
        return this.toTake || this.samples.isWaiting() || this.samples.nextDue(this.work) <= this.clock.millis();
    }

    private Duration longestWait(long now) {
        if (this.toTake) {
            return (System.nanoTime() - this.waitUntil >= 0) ? Duration.ZERO : this.settings.poll();
        }
        long due = Math.min(this.work.nextDue(), this.samples.nextDue(this.work));
        long toDue = Math.max(0, due - now);
        return Duration.ofMillis(Math.min(this.settings.poll().toMillis(), toDue));
    }

    private void take() {
        Collection<TopicPartition> all = List.copyOf(this.consumer.assignment());
        try {
            if (this.toForget) {
                this.work.forget(all);
                this.toForget = false;
            }
            if (!this.work.take(this.consumer, all, this.partitionCount)) {
                return;
            }
            this.consumer.resume(all);
            this.samples.follow(all);
            this.toTake = false;
            this.state.assigned(true);
        }
        catch (WakeupException ex) {
            throw ex;
        }
        catch (SQLException | RuntimeException ex) {
            recover("taking over " + all, ex);
        }
    }

    private void step(ConsumerRecords<String, byte[]> records) {
        try {
            if (this.alone > 0 && !records.isEmpty()) {
                stepAlone(records);
            }
            else {
                this.samples.look(this.work);
                stepTogether(records);
            }
            this.backOff = 0;
            this.inARow = 0;
        }
        catch (WakeupException ex) {
            throw ex;
        }
        catch (SQLException | RuntimeException ex) {
            recover("a step", ex);
        }
    }

    private void stepTogether(ConsumerRecords<String, byte[]> records) throws SQLException {
        try {
            this.work.step(records);
            this.metrics.lag(this.samples.lag());
            this.metrics.batch(records.count());
            showProgress();
        }
        catch (SQLException | RuntimeException ex) {
            if (FailureKind.of(ex) != FailureKind.TRANSIENT) {
                this.alone = records.count();
            }
            throw ex;
        }
    }

    private void stepAlone(ConsumerRecords<String, byte[]> records) throws SQLException {
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                this.alone--;
                this.work.step(List.of(record));
            }
            catch (SQLException | RuntimeException ex) {
                if (FailureKind.of(ex) != FailureKind.TRANSIENT) {
                    this.alone = records.count();
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
    private void showProgress() {
        long now = System.nanoTime();
        if (now - this.shown >= SHOW_EVERY) {
            this.shown = now;
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
        if (cause instanceof OwnerReplaced) {
            this.metrics.ownerReplaced();
        }
        this.state.assigned(false);
        this.inARow++;
        if (this.inARow >= MOST_IN_A_ROW && (cause instanceof PublishFailed || cause instanceof KafkaException)) {
            throw new KafkaException("failed %d times in a row: new clients may help".formatted(this.inARow), cause);
        }
        this.backOff = Math.clamp(this.backOff * 2, FIRST_BACK_OFF, LONGEST_BACK_OFF);
        if (kind == FailureKind.UNEXPECTED) {
            log.error("{} failed unexpectedly and is tried again in {} ms", doing, this.backOff, cause);
        }
        else {
            log.warn("{} failed and is tried again in {} ms: {}", doing, this.backOff, cause.toString());
        }
        this.waitUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.backOff);
        startOver();
        this.consumer.pause(this.consumer.assignment());
    }

    private void startOver() {
        this.samples.follow(List.of());
        this.toTake = true;
        this.toForget = true;
    }

    /**
     * What happens when partitions come and go.
     */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("assigned {}", partitions);
            // No record before it is known from where; the place does not matter yet.
            FencedLoop.this.consumer.pause(partitions);
            partitions.forEach((partition) -> FencedLoop.this.consumer.seek(partition, 0));
            startOver();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            log.info("revoked {}", partitions);
            FencedLoop.this.samples.follow(List.of());
            FencedLoop.this.work.forget(new ArrayList<>(partitions));
        }

    }

}
