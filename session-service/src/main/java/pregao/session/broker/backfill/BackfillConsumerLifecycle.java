package pregao.session.broker.backfill;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.contracts.Topic;

/**
 * The lifecycle of the backfill consumer thread. The thread runs only if a broker is
 * configured that can serve requests.
 */
@Component
class BackfillConsumerLifecycle implements SupervisedComponent {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration MAX_SILENCE = Duration.ofMinutes(1);

    private static final Map<String, Object> CONSUMER_SETTINGS = Map.of(ConsumerConfig.GROUP_ID_CONFIG,
            "session-backfill", ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic",
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName(),
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1500,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 262_144);

    private final Map<String, Object> settings;

    private final BackfillHandler handler;

    private final DeadLetterPublisher deadLetters;

    private final BackfillMetrics metrics;

    private final List<SupervisedThread> threads;

    private volatile @Nullable Consumer<String, byte[]> consumer;

    BackfillConsumerLifecycle(KafkaProperties kafka, BackfillHandler handler, DeadLetterPublisher deadLetters,
            BackfillMetrics metrics) {
        this.settings = new HashMap<>(kafka.buildConsumerProperties());
        this.settings.putAll(CONSUMER_SETTINGS);
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.threads = handler.feeds().isEmpty() ? List.of()
                : List.of(new SupervisedThread("backfill", MAX_SILENCE, this::run, this::wakeUp));
    }

    @Override
    public List<SupervisedThread> threads() {
        return this.threads;
    }

    private void wakeUp() {
        Consumer<String, byte[]> activeConsumer = this.consumer;
        if (activeConsumer != null) {
            activeConsumer.wakeup();
        }
    }

    private void run(SupervisedThread thread) throws InterruptedException {
        try (Consumer<String, byte[]> kafkaConsumer = new KafkaConsumer<>(this.settings, new StringDeserializer(),
                new ByteArrayDeserializer())) {
            this.consumer = kafkaConsumer;
            // The producers create the topic.
            while (thread.isRunning() && kafkaConsumer.partitionsFor(Topic.BACKFILL.topicName()).isEmpty()) {
                thread.pause(RETRY_DELAY);
            }
            consume(new BackfillConsumer(kafkaConsumer, this.handler, this.deadLetters, this.metrics), thread);
        }
        finally {
            this.consumer = null;
        }
    }

    private void consume(BackfillConsumer backfillConsumer, SupervisedThread thread) {
        try {
            backfillConsumer.subscribe();
            while (thread.isRunning()) {
                backfillConsumer.pollOnce();
                thread.recordSuccess();
            }
        }
        finally {
            backfillConsumer.cancelInFlight();
        }
    }

}
