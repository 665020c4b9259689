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
 * Makes the topics, publishes this service's settings, then reads the topics of settings
 * from their beginning and follows them, on one thread for as long as the service runs.
 */
@Component
class CompactedTopicReader implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(CompactedTopicReader.class);

    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final KafkaProperties kafka;

    private final TopicProvisioner topics;

    private final RecordPublisher publisher;

    private final List<CompactedTopicHandler> followed;

    private final SupervisedThread thread = new SupervisedThread("settings", MAX_SILENCE, this::run);

    /** Only the thread uses it. */
    private boolean prepared;

    private volatile boolean current;

    CompactedTopicReader(KafkaProperties kafka, TopicProvisioner topics, RecordPublisher publisher,
            List<CompactedTopicHandler> followed) {
        this.kafka = kafka;
        this.topics = topics;
        this.publisher = publisher;
        this.followed = followed;
    }

    /**
     * Whether what was in the topics at start is in memory, and changes are followed.
     * @return false as long as a key or a feed may be unknown or revoked
     */
    boolean isCurrent() {
        return this.current && this.thread.isHealthy();
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void run(SupervisedThread supervised) {
        if (!this.prepared) {
            prepare();
            this.prepared = true;
        }
        follow(supervised);
    }

    private void prepare() {
        this.topics.provision(Topic.Service.INGEST, List.of());
        List<OutboundRecord> own = this.followed.stream().flatMap((topic) -> topic.ownRecords().stream()).toList();
        this.publisher.publish(own).block(TIMEOUT);
    }

    private void follow(SupervisedThread supervised) {
        List<TopicPartition> partitions = this.followed.stream()
            .map((compactedTopicHandler) -> new TopicPartition(compactedTopicHandler.topic().topicName(), 0))
            .toList();
        try (Consumer<String, byte[]> consumer = KafkaClients.consumer(this.kafka)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (supervised.isRunning()) {
                consumer.poll(POLL).forEach(this::accept);
                supervised.recordSuccess();
                if (!this.current && ends.entrySet()
                    .stream()
                    .allMatch((end) -> consumer.position(end.getKey()) >= end.getValue())) {
                    this.followed.forEach(CompactedTopicHandler::current);
                    this.current = true;
                    log.info("Settings of feeds and keys are read");
                }
            }
        }
    }

    private void accept(ConsumerRecord<String, byte[]> consumed) {
        for (CompactedTopicHandler compactedTopicHandler : this.followed) {
            if (compactedTopicHandler.topic().topicName().equals(consumed.topic())) {
                try {
                    compactedTopicHandler.accept(consumed.key(), consumed.value());
                }
                catch (IllegalArgumentException ex) {
                    log.warn("Record {} of topic {} is ignored: {}", consumed.offset(), consumed.topic(),
                            ex.getMessage());
                }
            }
        }
    }

}
