package pregao.aggregator.loop;

import java.time.Duration;
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

/**
 * The thread of the loop: starts it, starts it again after a failure nobody foresaw, and
 * ends it.
 */
final class LoopThread implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);

    private static final Duration STOP_BOUND = Duration.ofSeconds(20);

    private static final long PAUSE_MILLIS = 1_000;

    private final Clients clients;

    private final TopicSettings topics;

    private final BooleanSupplier ready;

    private final LoopFactory factory;

    private volatile boolean running;

    private volatile @Nullable Consumer<String, byte[]> consumer;

    private volatile @Nullable Thread thread;

    LoopThread(Clients clients, TopicSettings topics, BooleanSupplier ready, LoopFactory factory) {
        this.clients = clients;
        this.topics = topics;
        this.ready = ready;
        this.factory = factory;
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().name("aggregator").start(this::run);
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
                pause();
            }
        }
    }

    /**
     * Makes and awaits the topics, and awaits the settings of feeds.
     * @return the number of partitions, 0 where the service is stopped before
     */
    private int prepare() {
        try (Admin admin = this.clients.admin()) {
            Topics made = new Topics(admin, this.topics);
            String said = "";
            while (this.running) {
                try {
                    made.create();
                    int partitions = made.partitions();
                    if (this.ready.getAsBoolean()) {
                        return partitions;
                    }
                    said = say(said, "the settings of feeds are not read yet");
                }
                catch (org.apache.kafka.common.KafkaException ex) {
                    said = say(said, String.valueOf(ex.getMessage()));
                }
                pause();
            }
        }
        return 0;
    }

    private static String say(String before, String message) {
        if (!message.equals(before)) {
            log.info("waiting: {}", message);
        }
        return message;
    }

    private void loop(int partitions) {
        try (Producer<String, byte[]> producer = this.clients.producer();
                Consumer<String, byte[]> opened = this.clients.loop()) {
            this.consumer = opened;
            TickLoop loop = this.factory.loop(opened, producer, partitions);
            loop.join();
            while (this.running) {
                loop.turn();
            }
        }
        finally {
            this.consumer = null;
        }
    }

    private void pause() {
        if (this.running) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
    }

}
