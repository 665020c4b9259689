package pregao.gateway.key;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.contracts.Topic;
import pregao.contracts.login.LoginRevocationCodec;
import pregao.gateway.login.RevokedLogins;

/**
 * The thread that reads the topics of keys and of ended logins from their beginning and
 * follows them. While Kafka is away what is known stays as it was.
 */
@Component
class ApiKeyTopicListener implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyTopicListener.class);

    private static final List<TopicPartition> PARTITIONS = List.of(new TopicPartition(Topic.KEY.topicName(), 0),
            new TopicPartition(Topic.LOGIN.topicName(), 0));

    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final Map<String, Object> consumerSettings;

    private final ApiKeyTopicProperties settings;

    private final ApiKeyRegistry keys;

    private final ApiKeyRecordHandler records;

    private final RevokedLogins ended;

    private final SupervisedThread thread = new SupervisedThread("key-topic", MAX_SILENCE, this::run, this::wakeUp);

    private volatile @Nullable Consumer<String, byte[]> consumer;

    ApiKeyTopicListener(KafkaProperties kafka, ApiKeyTopicProperties settings, ApiKeyRegistry keys,
            RevokedLogins ended) {
        this.consumerSettings = new HashMap<>(kafka.buildConsumerProperties());
        this.consumerSettings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumerSettings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumerSettings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumerSettings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.settings = settings;
        this.keys = keys;
        this.records = new ApiKeyRecordHandler(keys);
        this.ended = ended;
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    /**
     * Whether the topics were read lately: while they are not, a key that was revoked
     * since would still be good.
     */
    boolean isCurrent() {
        return this.thread.isHealthy();
    }

    private void wakeUp() {
        Consumer<String, byte[]> waiting = this.consumer;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    private void run(SupervisedThread supervised) throws InterruptedException {
        try (Consumer<String, byte[]> opened = new KafkaConsumer<>(this.consumerSettings, new StringDeserializer(),
                new ByteArrayDeserializer())) {
            this.consumer = opened;
            follow(opened, supervised);
        }
        finally {
            this.consumer = null;
        }
    }

    private void follow(Consumer<String, byte[]> consumer, SupervisedThread supervised) throws InterruptedException {
        while (PARTITIONS.stream().anyMatch((one) -> consumer.partitionsFor(one.topic()).isEmpty())) {
            if (!supervised.isRunning()) {
                return;
            }
            supervised.pause(this.settings.backOff());
        }
        consumer.assign(PARTITIONS);
        consumer.seekToBeginning(PARTITIONS);
        Map<TopicPartition, Long> ends = consumer.endOffsets(PARTITIONS);
        while (supervised.isRunning()) {
            consumer.poll(this.settings.poll()).forEach(this::take);
            supervised.recordSuccess();
            if (!this.keys.complete()
                    && ends.entrySet().stream().allMatch((end) -> consumer.position(end.getKey()) >= end.getValue())) {
                this.keys.completed();
                log.info("API keys are known");
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> entry) {
        if (entry.topic().equals(Topic.KEY.topicName())) {
            this.records.take(entry);
        }
        else if (entry.value() != null) {
            end(entry);
        }
    }

    private void end(ConsumerRecord<String, byte[]> entry) {
        try {
            this.ended.add(LoginRevocationCodec.decode(entry.value()));
        }
        catch (IllegalArgumentException ex) {
            log.warn("the end of a login at offset {} cannot be read: {}", entry.offset(), ex.getMessage());
        }
    }

}
