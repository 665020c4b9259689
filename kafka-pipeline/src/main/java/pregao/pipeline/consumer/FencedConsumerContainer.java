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
 * The thread of the loop: starts it, starts it again after a failure nobody foresaw, and
 * ends it.
 */
public final class FencedConsumerContainer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FencedConsumerContainer.class);

    private static final Duration STOP_BOUND = Duration.ofSeconds(20);

    private static final long PAUSE_MILLIS = 1_000;

    /** What the loop needs is mostly there soon after a start. */
    private static final long SHORT_PAUSE_MILLIS = 100;

    private static final int EXIT_CODE = 70;

    private final Topic.Service service;

    private final List<Topic> reads;

    private final KafkaClients clients;

    private final TopicProperties topics;

    private final BooleanSupplier ready;

    private final ConsumerState state;

    private final FencedConsumerFactory maker;

    private final Runnable exit;

    private volatile boolean running;

    private volatile @Nullable Consumer<String, byte[]> consumer;

    private volatile @Nullable Thread thread;

    /**
     * A thread that has not begun.
     * @param service whose loop it is
     * @param reads what it reads: topics of the same number of partitions
     * @param clients makes Kafka's clients
     * @param topics how topics are made
     * @param ready whether the loop may begin
     * @param state what others see of it
     * @param maker makes a loop with nothing remembered from the one before
     */
    public FencedConsumerContainer(Topic.Service service, List<Topic> reads, KafkaClients clients,
            TopicProperties topics, BooleanSupplier ready, ConsumerState state, FencedConsumerFactory maker) {
        this(service, reads, clients, topics, ready, state, maker,
                () -> Thread.ofPlatform().name("loop-error").start(() -> System.exit(EXIT_CODE)));
    }

    FencedConsumerContainer(Topic.Service service, List<Topic> reads, KafkaClients clients, TopicProperties topics,
            BooleanSupplier ready, ConsumerState state, FencedConsumerFactory maker, Runnable exit) {
        this.service = service;
        this.reads = List.copyOf(reads);
        this.clients = clients;
        this.topics = topics;
        this.ready = ready;
        this.state = state;
        this.maker = maker;
        this.exit = exit;
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().name("loop").start(this::run);
    }

    @Override
    public void stop() {
        this.running = false;
        Consumer<String, byte[]> current = this.consumer;
        if (current != null) {
            current.wakeup();
        }
        Thread stopping = this.thread;
        if (stopping == null) {
            return;
        }
        LockSupport.unpark(stopping);
        if (current == null) {
            // It waits for brokers that may be away.
            stopping.interrupt();
        }
        try {
            if (!stopping.join(STOP_BOUND)) {
                log.warn("the loop has not ended within {} s", STOP_BOUND.toSeconds());
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
            runAgainAndAgain();
        }
        catch (Throwable ex) {
            // An error: nothing in this process can be relied on any more.
            log.error("the loop ended by an error, and the process with it", ex);
            this.state.ended(ex);
            this.exit.run();
        }
    }

    private void runAgainAndAgain() {
        while (this.running) {
            try {
                int partitions = prepare();
                if (partitions > 0) {
                    loop(partitions);
                }
            }
            catch (WakeupException ex) {
                // Somebody stops us, which the condition above sees.
            }
            catch (RuntimeException ex) {
                log.error("the loop ended by itself and is started again", ex);
                this.state.assigned(false);
                this.state.seen();
                pause(PAUSE_MILLIS);
            }
        }
    }

    /**
     * Makes and awaits the topics, and awaits the settings of feeds.
     * @return the number of partitions, 0 where the service is stopped before
     */
    private int prepare() {
        Admin admin = this.clients.admin();
        try {
            TopicProvisioner provisioner = new TopicProvisioner(admin, this.topics);
            String said = "";
            int partitions = 0;
            while (this.running) {
                try {
                    if (partitions == 0) {
                        provisioner.provision(this.service, this.reads);
                        partitions = provisioner.partitions(this.reads);
                    }
                    if (this.ready.getAsBoolean()) {
                        return partitions;
                    }
                    said = logOnce(said, "a prerequisite is not available yet");
                    pause(SHORT_PAUSE_MILLIS);
                }
                catch (org.apache.kafka.common.KafkaException ex) {
                    said = logOnce(said, String.valueOf(ex.getMessage()));
                    pause(PAUSE_MILLIS);
                }
                this.state.seen();
            }
        }
        finally {
            admin.close(Duration.ZERO);
        }
        return 0;
    }

    private static String logOnce(String before, String message) {
        if (!message.equals(before)) {
            log.info("waiting: {}", message);
        }
        return message;
    }

    private void loop(int partitions) {
        try (Producer<String, byte[]> producer = this.clients.producer();
                Consumer<String, byte[]> opened = this.clients.loop()) {
            this.consumer = opened;
            FencedConsumer loop = this.maker.loop(opened, producer, partitions);
            loop.join(this.reads);
            while (this.running) {
                loop.pollOnce();
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
     * Makes loops.
     */
    public interface FencedConsumerFactory {

        /**
         * Makes a loop with nothing remembered from the one before.
         * @param consumer of the group
         * @param producer of this loop alone
         * @param partitions how many the topics have
         * @return a loop that has not joined yet
         */
        FencedConsumer loop(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, int partitions);

    }

}
