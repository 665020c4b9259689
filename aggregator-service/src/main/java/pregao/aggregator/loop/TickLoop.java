package pregao.aggregator.loop;

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

import pregao.aggregator.candle.PublishFailed;
import pregao.aggregator.state.DatabaseFailure;
import pregao.aggregator.state.OwnerReplaced;
import pregao.contracts.Topic;

/**
 * Polls and steps, and after a failure takes all its partitions over anew. Runs on one
 * thread.
 */
final class TickLoop {

    private static final Logger log = LoggerFactory.getLogger(TickLoop.class);

    private static final long FIRST_BACK_OFF = 100;

    private static final long LONGEST_BACK_OFF = 5_000;

    private static final long SHOW_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String, byte[]> consumer;

    private final int partitionCount;

    private final Aggregation aggregation;

    private final Assignment assignment;

    private final Decoding decoding;

    private final LoopSettings settings;

    private final LoopState state;

    private final InstantSource clock;

    private final LoopMetrics metrics;

    /** Whether partitions are to be taken over before anything else. */
    private boolean toTake;

    private long backOff;

    /** By {@link System#nanoTime}, which nobody sets back. */
    private long waitUntil = System.nanoTime();

    private long shown = System.nanoTime();

    /** So many records are stepped one by one, to find the one that is refused. */
    private int alone;

    TickLoop(Consumer<String, byte[]> consumer, int partitionCount, Aggregation aggregation, Assignment assignment,
            Decoding decoding, LoopSettings settings, LoopState state, InstantSource clock, LoopMetrics metrics) {
        this.consumer = consumer;
        this.partitionCount = partitionCount;
        this.aggregation = aggregation;
        this.assignment = assignment;
        this.decoding = decoding;
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Joins the group.
     */
    void join() {
        this.consumer.subscribe(List.of(Topic.TICK.topicName(), Topic.CANDLE.topicName()), new Rebalance());
    }

    /**
     * Polls once and does what there is to do.
     * @throws WakeupException where it is to end
     */
    void turn() {
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
            return this.settings.poll();
        }
        long toClose = Math.max(0, this.aggregation.nextClose() - now);
        return Duration.ofMillis(Math.min(this.settings.poll().toMillis(), toClose));
    }

    private void take() {
        Collection<TopicPartition> all = List.copyOf(this.consumer.assignment());
        try {
            this.aggregation.forget(all);
            this.assignment.take(this.consumer, all, this.partitionCount);
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
            this.aggregation.step(this.decoding.decode(records));
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
                this.aggregation.step(this.decoding.decode(List.of(record)));
            }
            catch (SQLException | IllegalArgumentException | ArithmeticException ex) {
                if (isRefusal(ex)) {
                    this.decoding.refuse(record, ex);
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
        this.toTake = true;
        this.consumer.pause(this.consumer.assignment());
    }

    /**
     * What happens when partitions come and go.
     */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("assigned {}", partitions);
            // No record before it is known from where; the place does not matter yet.
            TickLoop.this.consumer.pause(partitions);
            partitions.forEach((partition) -> TickLoop.this.consumer.seek(partition, 0));
            TickLoop.this.toTake = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            log.info("revoked {}", partitions);
            TickLoop.this.aggregation.forget(new ArrayList<>(partitions));
        }

    }

}
