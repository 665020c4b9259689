package pregao.gateway.key;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
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
 * The thread that reads the topic of keys from its beginning and follows it. While Kafka
 * is away the keys stay as they were.
 */
@Component
class KeyTopic implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KeyTopic.class);

    private static final TopicPartition PARTITION = new TopicPartition(Topic.KEY.topicName(), 0);

    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final Map<String, Object> consumerSettings;

    private final KeySettings settings;

    private final KnownKeys keys;

    private final KeyRecords records;

    /** Set before the thread begins, which looks at it first. */
    private volatile boolean running;

    private volatile @Nullable Thread thread;

    private volatile @Nullable Consumer<String, byte[]> consumer;

    KeyTopic(KafkaProperties kafka, KeySettings settings, KnownKeys keys) {
        this.consumerSettings = new HashMap<>(kafka.buildConsumerProperties());
        this.consumerSettings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumerSettings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumerSettings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumerSettings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.settings = settings;
        this.keys = keys;
        this.records = new KeyRecords(keys);
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().name("key-topic").daemon().start(this::followForEver);
    }

    @Override
    public void stop() {
        Thread following = this.thread;
        Consumer<String, byte[]> waiting = this.consumer;
        this.running = false;
        if (waiting != null) {
            waiting.wakeup();
        }
        if (following != null) {
            try {
                following.join(STOPPING);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    private void followForEver() {
        while (isRunning()) {
            try (Consumer<String, byte[]> opened = new KafkaConsumer<>(this.consumerSettings, new StringDeserializer(),
                    new ByteArrayDeserializer())) {
                this.consumer = opened;
                follow(opened);
            }
            catch (WakeupException ex) {
                log.debug("stopping");
            }
            catch (KafkaException ex) {
                log.warn("topic {} cannot be read, trying again: {}", PARTITION.topic(), ex.toString());
            }
            finally {
                this.consumer = null;
            }
            pause();
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        while (consumer.partitionsFor(PARTITION.topic()).isEmpty()) {
            if (!isRunning()) {
                return;
            }
            pause();
        }
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        long end = Objects.requireNonNull(consumer.endOffsets(List.of(PARTITION)).get(PARTITION));
        while (isRunning()) {
            consumer.poll(this.settings.poll()).forEach(this.records::take);
            if (!this.keys.complete() && consumer.position(PARTITION) >= end) {
                this.keys.completed();
                log.info("API keys are known");
            }
        }
    }

    private void pause() {
        if (!isRunning()) {
            return;
        }
        try {
            Thread.sleep(this.settings.backOff());
        }
        catch (InterruptedException ex) {
            this.running = false; // nobody but the end of the process interrupts
        }
    }

}
