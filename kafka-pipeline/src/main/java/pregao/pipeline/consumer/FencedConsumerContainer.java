package pregao.pipeline.consumer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import pregao.contracts.Topic;

/**
 * Runs a consumer on its own thread, restarts it after an unexpected failure, and stops
 * it.
 */
public final class FencedConsumerContainer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FencedConsumerContainer.class);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private static final long RETRY_DELAY_MILLIS = 1_000;

    /** Most prerequisites are met shortly after a start. */
    private static final long PREREQUISITE_CHECK_INTERVAL_MILLIS = 100;

    private static final int EXIT_CODE = 70;

    private final Topic.Service service;

    private final List<Topic> topics;

    private final KafkaClients clients;

    private final TopicProperties topicProperties;

    private final BooleanSupplier prerequisiteCheck;

    private final ConsumerState state;

    private final FencedConsumerFactory consumerFactory;

    private final Runnable exitAction;

    private volatile boolean running;

    private volatile @Nullable Consumer<String, byte[]> consumer;

    private volatile @Nullable Thread thread;

    /**
     * Creates a container that has not started.
     * @param service the service of the consumer
     * @param topics the topics to read, all with the same number of partitions
     * @param clients creates the Kafka clients
     * @param topicProperties how topics are created
     * @param prerequisiteCheck returns true once the consumer may start
     * @param state the state that health checks read
     * @param consumerFactory creates a consumer without any state of the previous one
     */
    public FencedConsumerContainer(Topic.Service service, List<Topic> topics, KafkaClients clients,
            TopicProperties topicProperties, BooleanSupplier prerequisiteCheck, ConsumerState state,
            FencedConsumerFactory consumerFactory) {
        this(service, topics, clients, topicProperties, prerequisiteCheck, state, consumerFactory,
                () -> Thread.ofPlatform().name("loop-error").start(() -> System.exit(EXIT_CODE)));
    }

    FencedConsumerContainer(Topic.Service service, List<Topic> topics, KafkaClients clients,
            TopicProperties topicProperties, BooleanSupplier prerequisiteCheck, ConsumerState state,
            FencedConsumerFactory consumerFactory, Runnable exitAction) {
        this.service = service;
        this.topics = List.copyOf(topics);
        this.clients = clients;
        this.topicProperties = topicProperties;
        this.prerequisiteCheck = prerequisiteCheck;
        this.state = state;
        this.consumerFactory = consumerFactory;
        this.exitAction = exitAction;
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().name("loop").start(this::run);
    }

    @Override
    public void stop() {
        this.running = false;
        Consumer<String, byte[]> kafkaConsumer = this.consumer;
        if (kafkaConsumer != null) {
            kafkaConsumer.wakeup();
        }
        Thread consumerThread = this.thread;
        if (consumerThread == null) {
            return;
        }
        LockSupport.unpark(consumerThread);
        if (kafkaConsumer == null) {
            // The thread may be waiting for brokers that do not respond.
            consumerThread.interrupt();
        }
        try {
            if (!consumerThread.join(STOP_TIMEOUT)) {
                log.warn("the loop has not ended within {} s", STOP_TIMEOUT.toSeconds());
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

    private void run() {
        try {
            runUntilStopped();
        }
        catch (Throwable ex) {
            // After an error, the state of the process cannot be trusted.
            log.error("the loop ended by an error, and the process with it", ex);
            this.state.recordFatalError(ex);
            this.exitAction.run();
        }
    }

    private void runUntilStopped() {
        while (this.running) {
            try {
                int partitionCount = awaitPrerequisites();
                if (partitionCount > 0) {
                    pollUntilStopped(partitionCount);
                }
            }
            catch (WakeupException ex) {
                // The container stops; the condition of the loop ends it.
            }
            catch (RuntimeException ex) {
                log.error("the loop ended by itself and is started again", ex);
                this.state.setAssigned(false);
                this.state.recordHeartbeat();
                pause(RETRY_DELAY_MILLIS);
            }
        }
    }

    /**
     * Creates the missing topics and waits for the topics to read and for the
     * prerequisites.
     * @return the number of partitions, or 0 if the container stops before
     */
    private int awaitPrerequisites() {
        Admin admin = this.clients.createAdmin();
        try {
            TopicProvisioner provisioner = new TopicProvisioner(admin, this.topicProperties);
            String lastMessage = "";
            int partitionCount = 0;
            while (this.running) {
                try {
                    if (partitionCount == 0) {
                        provisioner.provision(this.service, this.topics);
                        partitionCount = provisioner.getPartitionCount(this.topics);
                    }
                    if (this.prerequisiteCheck.getAsBoolean()) {
                        return partitionCount;
                    }
                    lastMessage = logOnce(lastMessage, "a prerequisite is not available yet");
                    pause(PREREQUISITE_CHECK_INTERVAL_MILLIS);
                }
                catch (org.apache.kafka.common.KafkaException ex) {
                    lastMessage = logOnce(lastMessage, String.valueOf(ex.getMessage()));
                    pause(RETRY_DELAY_MILLIS);
                }
                this.state.recordHeartbeat();
            }
        }
        finally {
            admin.close(Duration.ZERO);
        }
        return 0;
    }

    private static String logOnce(String lastMessage, String message) {
        if (!message.equals(lastMessage)) {
            log.info("waiting: {}", message);
        }
        return message;
    }

    private void pollUntilStopped(int partitionCount) {
        try (Producer<String, byte[]> producer = this.clients.createProducer();
                Consumer<String, byte[]> kafkaConsumer = this.clients.createGroupConsumer()) {
            this.consumer = kafkaConsumer;
            FencedConsumer fencedConsumer = this.consumerFactory.createConsumer(kafkaConsumer, producer,
                    partitionCount);
            fencedConsumer.subscribe(this.topics);
            while (this.running) {
                fencedConsumer.pollOnce();
            }
        }
        finally {
            this.consumer = null;
        }
    }

    private void pause(long millis) {
        if (this.running) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    /**
     * Creates consumers.
     */
    public interface FencedConsumerFactory {

        /**
         * Creates a consumer without any state of the previous one.
         * @param consumer the Kafka consumer of the group
         * @param producer a producer for this consumer alone
         * @param partitionCount the number of partitions of each topic
         * @return a consumer that has not subscribed yet
         */
        FencedConsumer createConsumer(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer,
                int partitionCount);

    }

}
