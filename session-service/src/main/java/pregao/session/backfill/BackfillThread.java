package pregao.session.backfill;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import pregao.contracts.Topic;

/**
 * The thread that reads wishes, where a broker is configured that could answer one.
 */
@Component
class BackfillThread implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BackfillThread.class);

    private static final Duration STOPPING = Duration.ofSeconds(5);

    private static final long PAUSE_SECONDS = 1;

    private static final Map<String, Object> CONSUMER = Map.of(ConsumerConfig.GROUP_ID_CONFIG, "session-backfill",
            ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic", ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            RangeAssignor.class.getName(), ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1500, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 262_144);

    private final Map<String, Object> settings;

    private final Answering answering;

    private final DeadLetters deadLetters;

    private final BackfillMeters meters;

    private volatile boolean running;

    private volatile @Nullable Thread thread;

    private volatile @Nullable Consumer<String, byte[]> consumer;

    BackfillThread(KafkaProperties kafka, Answering answering, DeadLetters deadLetters, BackfillMeters meters) {
        this.settings = new HashMap<>(kafka.buildConsumerProperties());
        this.settings.putAll(CONSUMER);
        this.answering = answering;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    @Override
    public void start() {
        this.running = true;
        if (!this.answering.feeds().isEmpty()) {
            this.thread = Thread.ofPlatform().name("backfill").daemon().start(this::run);
        }
    }

    @Override
    public void stop() {
        this.running = false;
        Consumer<String, byte[]> waiting = this.consumer;
        Thread reading = this.thread;
        if (waiting != null) {
            waiting.wakeup();
        }
        if (reading == null) {
            return;
        }
        LockSupport.unpark(reading);
        try {
            reading.join(STOPPING);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    private void run() {
        while (this.running) {
            try (Consumer<String, byte[]> opened = new KafkaConsumer<>(this.settings, new StringDeserializer(),
                    new ByteArrayDeserializer())) {
                this.consumer = opened;
                while (this.running && opened.partitionsFor(Topic.BACKFILL.topicName()).isEmpty()) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(PAUSE_SECONDS)); // its
                                                                                    // writers
                                                                                    // make
                                                                                    // it
                }
                follow(new BackfillLoop(opened, this.answering, this.deadLetters, this.meters));
            }
            catch (WakeupException ex) {
                log.debug("stopping");
            }
            catch (RuntimeException ex) {
                log.warn("wishes cannot be read now, trying again: {}", ex.toString());
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(PAUSE_SECONDS));
            }
            finally {
                this.consumer = null;
            }
        }
    }

    private void follow(BackfillLoop loop) {
        try {
            loop.join();
            while (this.running) {
                loop.turn();
            }
        }
        finally {
            loop.end();
        }
    }

}
