package pregao.aggregator.feed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import pregao.contracts.Topic;
import pregao.contracts.feed.FeedCodec;

/**
 * Follows the topic of feeds from its beginning, on its own thread.
 */
public final class FeedReader implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FeedReader.class);

    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Feeds feeds;

    private final Supplier<? extends Consumer<String, byte[]>> consumers;

    private volatile boolean running;

    private volatile boolean caughtUp;

    private volatile @Nullable Consumer<String, byte[]> open;

    private volatile @Nullable Thread thread;

    /**
     * A reader that has not begun.
     * @param feeds what it fills
     * @param consumers makes consumers without a group
     */
    public FeedReader(Feeds feeds, Supplier<? extends Consumer<String, byte[]>> consumers) {
        this.feeds = feeds;
        this.consumers = consumers;
    }

    /**
     * Whether all settings written before the start are known.
     * @return true once they are
     */
    public boolean isCaughtUp() {
        return this.caughtUp;
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().daemon().name("feeds").start(this::run);
    }

    @Override
    public void stop() {
        this.running = false;
        Consumer<String, byte[]> current = this.open;
        if (current != null) {
            current.wakeup();
        }
        LockSupport.unpark(this.thread);
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    private void run() {
        while (this.running) {
            try (Consumer<String, byte[]> consumer = this.consumers.get()) {
                this.open = consumer;
                follow(consumer);
            }
            catch (WakeupException ex) {
                // Somebody stops us, which the condition above sees.
            }
            catch (RuntimeException ex) {
                log.warn("feeds are read again: {}", ex.toString());
                pause();
            }
            finally {
                this.open = null;
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<PartitionInfo> partitions = consumer.partitionsFor(Topic.FEED.topicName());
        if (partitions == null || partitions.isEmpty()) {
            pause();
            return;
        }
        List<TopicPartition> all = partitions.stream()
            .map((each) -> new TopicPartition(each.topic(), each.partition()))
            .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        while (this.running) {
            consumer.poll(POLL).forEach(this::take);
            if (!this.caughtUp) {
                this.caughtUp = ends.entrySet()
                    .stream()
                    .allMatch((end) -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> settings) {
        if (settings.value() == null) {
            this.feeds.remove(settings.key());
            return;
        }
        try {
            this.feeds.put(FeedCodec.decode(settings.value()));
        }
        catch (IllegalArgumentException ex) {
            log.warn("settings of feed {} at offset {} are not understood and do not count: {}", settings.key(),
                    settings.offset(), ex.getMessage());
        }
    }

    private void pause() {
        if (this.running) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

}
