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
 * Listener that reads the topics of API keys and revoked logins from the beginning and
 * follows them. While Kafka is unavailable, the known keys and logins remain in use.
 */
@Component
class ApiKeyTopicListener implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyTopicListener.class);

    private static final List<TopicPartition> PARTITIONS = List.of(new TopicPartition(Topic.KEY.topicName(), 0),
            new TopicPartition(Topic.LOGIN.topicName(), 0));

    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final Map<String, Object> consumerConfig;

    private final ApiKeyTopicProperties settings;

    private final ApiKeyRegistry registry;

    private final ApiKeyRecordHandler recordHandler;

    private final RevokedLogins revokedLogins;

    private final SupervisedThread thread = new SupervisedThread("key-topic", MAX_SILENCE, this::run, this::wakeUp);

    private volatile @Nullable Consumer<String, byte[]> consumer;

    ApiKeyTopicListener(KafkaProperties kafka, ApiKeyTopicProperties settings, ApiKeyRegistry registry,
            RevokedLogins revokedLogins) {
        this.consumerConfig = new HashMap<>(kafka.buildConsumerProperties());
        this.consumerConfig.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumerConfig.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumerConfig.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumerConfig.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.settings = settings;
        this.registry = registry;
        this.recordHandler = new ApiKeyRecordHandler(registry);
        this.revokedLogins = revokedLogins;
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    /**
     * Returns whether the topics were read recently. While they are not read, a key
     * revoked in the meantime would still be accepted.
     */
    boolean isCurrent() {
        return this.thread.isHealthy();
    }

    private void wakeUp() {
        Consumer<String, byte[]> currentConsumer = this.consumer;
        if (currentConsumer != null) {
            currentConsumer.wakeup();
        }
    }

    private void run(SupervisedThread supervised) throws InterruptedException {
        try (Consumer<String, byte[]> kafkaConsumer = new KafkaConsumer<>(this.consumerConfig, new StringDeserializer(),
                new ByteArrayDeserializer())) {
            this.consumer = kafkaConsumer;
            pollRecords(kafkaConsumer, supervised);
        }
        finally {
            this.consumer = null;
        }
    }

    private void pollRecords(Consumer<String, byte[]> consumer, SupervisedThread supervised)
            throws InterruptedException {
        while (PARTITIONS.stream().anyMatch((partition) -> consumer.partitionsFor(partition.topic()).isEmpty())) {
            if (!supervised.isRunning()) {
                return;
            }
            supervised.pause(this.settings.backOff());
        }
        consumer.assign(PARTITIONS);
        consumer.seekToBeginning(PARTITIONS);
        Map<TopicPartition, Long> endOffsets = consumer.endOffsets(PARTITIONS);
        while (supervised.isRunning()) {
            consumer.poll(this.settings.poll()).forEach(this::handle);
            supervised.recordSuccess();
            if (!this.registry.isComplete() && endOffsets.entrySet()
                .stream()
                .allMatch((endOffset) -> consumer.position(endOffset.getKey()) >= endOffset.getValue())) {
                this.registry.markComplete();
                log.info("API keys are known");
            }
        }
    }

    private void handle(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topic.KEY.topicName())) {
            this.recordHandler.handle(record);
        }
        else if (record.value() != null) {
            revokeLogin(record);
        }
    }

    private void revokeLogin(ConsumerRecord<String, byte[]> record) {
        try {
            this.revokedLogins.add(LoginRevocationCodec.decode(record.value()));
        }
        catch (IllegalArgumentException ex) {
            log.warn("the end of a login at offset {} cannot be read: {}", record.offset(), ex.getMessage());
        }
    }

}
