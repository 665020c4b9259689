package pregao.ingest.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.contracts.Topic;
import pregao.pipeline.consumer.TopicProvisioner;

/**
 * Reader of compacted topics. It provisions the topics, publishes the service's own
 * settings, reads the topics from the beginning, and then follows them on one thread
 * while the service runs.
 */
@Component
class CompactedTopicReader implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(CompactedTopicReader.class);

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final KafkaProperties kafkaProperties;

    private final TopicProvisioner topicProvisioner;

    private final RecordPublisher publisher;

    private final List<CompactedTopicHandler> handlers;

    private final SupervisedThread thread = new SupervisedThread("settings", MAX_SILENCE, this::run);

    /** Accessed only by the thread. */
    private boolean prepared;

    private volatile boolean caughtUp;

    CompactedTopicReader(KafkaProperties kafkaProperties, TopicProvisioner topicProvisioner, RecordPublisher publisher,
            List<CompactedTopicHandler> handlers) {
        this.kafkaProperties = kafkaProperties;
        this.topicProvisioner = topicProvisioner;
        this.publisher = publisher;
        this.handlers = handlers;
    }

    /**
     * Returns whether the initial contents of the topics are loaded and changes are
     * followed.
     * @return false if a key or a feed may be missing or out of date
     */
    boolean isCaughtUp() {
        return this.caughtUp && this.thread.isHealthy();
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void run(SupervisedThread supervisedThread) {
        if (!this.prepared) {
            provisionAndPublish();
            this.prepared = true;
        }
        followTopics(supervisedThread);
    }

    private void provisionAndPublish() {
        this.topicProvisioner.provision(Topic.Service.INGEST, List.of());
        List<OutboundRecord> initialRecords = this.handlers.stream()
            .flatMap((handler) -> handler.initialRecords().stream())
            .toList();
        this.publisher.publish(initialRecords).block(PUBLISH_TIMEOUT);
    }

    private void followTopics(SupervisedThread supervisedThread) {
        List<TopicPartition> partitions = this.handlers.stream()
            .map((handler) -> new TopicPartition(handler.topic().topicName(), 0))
            .toList();
        try (Consumer<String, byte[]> consumer = KafkaClients.createConsumer(this.kafkaProperties)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> endOffsets = consumer.endOffsets(partitions);
            while (supervisedThread.isRunning()) {
                consumer.poll(POLL_TIMEOUT).forEach(this::dispatch);
                supervisedThread.recordSuccess();
                if (!this.caughtUp && endOffsets.entrySet()
                    .stream()
                    .allMatch((end) -> consumer.position(end.getKey()) >= end.getValue())) {
                    this.handlers.forEach(CompactedTopicHandler::onCaughtUp);
                    this.caughtUp = true;
                    log.info("Settings of feeds and keys are read");
                }
            }
        }
    }

    private void dispatch(ConsumerRecord<String, byte[]> record) {
        for (CompactedTopicHandler handler : this.handlers) {
            if (handler.topic().topicName().equals(record.topic())) {
                try {
                    handler.onRecord(record.key(), record.value());
                }
                catch (IllegalArgumentException ex) {
                    log.warn("Record {} of topic {} is ignored: {}", record.offset(), record.topic(), ex.getMessage());
                }
            }
        }
    }

}
