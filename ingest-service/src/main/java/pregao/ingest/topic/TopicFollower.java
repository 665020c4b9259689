package pregao.ingest.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Makes the topics, publishes this service's settings, then reads the topics of settings
 * from their beginning and follows them, on one thread for as long as the service runs.
 */
@Component
class TopicFollower implements SmartLifecycle, Runnable {

    private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);

    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaProperties kafka;

    private final TopicCreation creation;

    private final Publisher publisher;

    private final List<FollowedTopic> followed;

    private volatile boolean running;

    private volatile boolean current;

    private volatile @Nullable Thread thread;

    TopicFollower(KafkaProperties kafka, TopicCreation creation, Publisher publisher, List<FollowedTopic> followed) {
        this.kafka = kafka;
        this.creation = creation;
        this.publisher = publisher;
        this.followed = followed;
    }

    /**
     * Whether what was in the topics at start is in memory.
     * @return true once and then for ever
     */
    boolean isCurrent() {
        return this.current;
    }

    @Override
    public void start() {
        this.running = true;
        Thread started = new Thread(this, "settings");
        started.setDaemon(true);
        started.start();
        this.thread = started;
    }

    @Override
    public void stop() {
        this.running = false;
        Thread running = this.thread;
        if (running == null) {
            return;
        }
        try {
            // Rather its own end, at its next look, than an interrupt: that one makes the
            // client complain.
            if (!running.join(PAUSE.multipliedBy(2))) {
                running.interrupt();
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public void run() {
        boolean prepared = false;
        while (this.running) {
            try {
                if (!prepared) {
                    prepare();
                    prepared = true;
                }
                follow();
            }
            catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException ex) {
                log.warn("Settings cannot be read from Kafka yet: {}", ex.toString());
                pause();
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void prepare() throws ExecutionException, InterruptedException, TimeoutException {
        this.creation.createMissing();
        List<Message> own = this.followed.stream().flatMap((topic) -> topic.ownRecords().stream()).toList();
        try {
            this.publisher.publish(own).block(BOUND);
        }
        catch (KafkaUnavailable ex) {
            throw new IllegalStateException("settings were not published", ex);
        }
    }

    private void follow() {
        List<TopicPartition> partitions = this.followed.stream()
            .map((each) -> new TopicPartition(each.topic().topicName(), 0))
            .toList();
        try (Consumer<String, byte[]> consumer = Clients.consumer(this.kafka)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (this.running) {
                consumer.poll(POLL).forEach(this::accept);
                if (!this.current && ends.entrySet()
                    .stream()
                    .allMatch((end) -> consumer.position(end.getKey()) >= end.getValue())) {
                    this.followed.forEach(FollowedTopic::current);
                    this.current = true;
                    log.info("Settings of feeds and keys are read");
                }
            }
        }
        catch (WakeupException | org.apache.kafka.common.errors.InterruptException ex) {
            log.debug("Following of settings ends");
        }
    }

    private void accept(ConsumerRecord<String, byte[]> consumed) {
        for (FollowedTopic each : this.followed) {
            if (each.topic().topicName().equals(consumed.topic())) {
                try {
                    each.accept(consumed.key(), consumed.value());
                }
                catch (IllegalArgumentException ex) {
                    log.warn("Record {} of topic {} is ignored: {}", consumed.offset(), consumed.topic(),
                            ex.getMessage());
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
