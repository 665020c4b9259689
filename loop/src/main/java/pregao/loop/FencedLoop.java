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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Topic;
import pregao.loop.fence.DatabaseFailure;
import pregao.loop.fence.OwnerReplaced;

/**
 * Polls and steps, and after a failure takes all its partitions over anew. Runs on one
 * thread.
 */
public final class FencedLoop {

    private static final Logger log = LoggerFactory.getLogger(FencedLoop.class);

    private static final long FIRST_BACK_OFF = 100;

    private static final long LONGEST_BACK_OFF = 5_000;

    private static final long SHOW_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String, byte[]> consumer;

    private final int partitionCount;

    private final Work work;

    private final DeadLetters deadLetters;

    private final LoopSettings settings;

    private final LoopState state;

    private final InstantSource clock;

    private final LoopMetrics metrics;

    /** Whether partitions are to be taken over before anything else. */
    private boolean toTake;

    /** Whether nothing of what is remembered may be used for that. */
    private boolean toForget;

    private long backOff;

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

    private Duration longestWait(long now) {
        if (this.toTake) {
            return (System.nanoTime() - this.waitUntil >= 0) ? Duration.ZERO : this.settings.poll();
        }
        long toDue = Math.max(0, this.work.nextDue() - now);
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
            this.toTake = false;
            this.state.assigned(true);
        }
        catch (SQLException | PublishFailed | org.apache.kafka.common.errors.TimeoutException ex) {
            recover("taking over " + all, ex);
        }
    }

    private void step(ConsumerRecords<String, byte[]> records) {
        try {
            if (this.alone > 0 && !records.isEmpty()) {
                stepAlone(records);
            }
            else {
                stepTogether(records);
            }
            this.backOff = 0;
        }
        catch (OwnerReplaced ex) {
            this.metrics.ownerReplaced();
            recover("a step", ex);
        }
        catch (PublishFailed | KafkaException ex) {
            recover("a step", ex);
        }
    }

    private void stepTogether(ConsumerRecords<String, byte[]> records) {
        try {
            this.work.step(records);
            this.metrics.batch(records.count());
            this.metrics.lag(lag());
            showProgress();
        }
        catch (SQLException | IllegalArgumentException | ArithmeticException ex) {
            if (isRefusal(ex)) {
                this.alone = records.count();
            }
            recover("a step", ex);
        }
    }

    private void stepAlone(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                this.alone--;
                this.work.step(List.of(record));
            }
            catch (SQLException | IllegalArgumentException | ArithmeticException ex) {
                if (isRefusal(ex)) {
                    this.deadLetters.refuse(record, ex);
                    this.alone = records.count();
                }
                recover("a step with one record", ex);
                return;
            }
        }
    }

    /**
     * Whether it is the data's fault, so that trying again does not help.
     */
    private static boolean isRefusal(Exception failure) {
        return !(failure instanceof SQLException sql) || DatabaseFailure.of(sql) == DatabaseFailure.REFUSED;
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

    private long lag() {
        long lag = 0;
        for (TopicPartition partition : this.consumer.assignment()) {
            lag += this.consumer.currentLag(partition).orElse(0);
        }
        return lag;
    }

    /**
     * Waits, polling, and then takes everything over again: memory may hold what is not
     * stored, and after a lost answer nobody knows whether the commit was done.
     */
    private void recover(String doing, Exception cause) {
        this.metrics.recovery();
        this.state.assigned(false);
        this.backOff = Math.clamp(this.backOff * 2, FIRST_BACK_OFF, LONGEST_BACK_OFF);
        log.warn("{} failed and is tried again in {} ms: {}", doing, this.backOff, cause.toString());
        this.waitUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.backOff);
        startOver();
        this.consumer.pause(this.consumer.assignment());
    }

    private void startOver() {
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
            FencedLoop.this.work.forget(new ArrayList<>(partitions));
        }

    }

}
