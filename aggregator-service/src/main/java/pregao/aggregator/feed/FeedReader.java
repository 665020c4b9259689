package pregao.aggregator.feed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.contracts.Topic;
import pregao.contracts.feed.FeedCodec;

/**
 * Follows the topic of feeds from its beginning, on its own thread.
 */
public final class FeedReader implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(FeedReader.class);

    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final FeedRegistry feeds;

    private final Supplier<? extends Consumer<String, byte[]>> consumers;

    private final SupervisedThread thread = new SupervisedThread("feeds", MAX_SILENCE, this::run, this::wakeUp);

    private volatile boolean caughtUp;

    private volatile @Nullable Consumer<String, byte[]> open;

    /**
     * A reader that has not begun.
     * @param feeds what it fills
     * @param consumers makes consumers without a group
     */
    public FeedReader(FeedRegistry feeds, Supplier<? extends Consumer<String, byte[]>> consumers) {
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
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void wakeUp() {
        Consumer<String, byte[]> current = this.open;
        if (current != null) {
            current.wakeup();
        }
    }

    private void run(SupervisedThread supervised) throws InterruptedException {
        try (Consumer<String, byte[]> consumer = this.consumers.get()) {
            this.open = consumer;
            follow(consumer, supervised);
        }
        finally {
            this.open = null;
        }
    }

    private void follow(Consumer<String, byte[]> consumer, SupervisedThread supervised) throws InterruptedException {
        List<PartitionInfo> partitions = consumer.partitionsFor(Topic.FEED.topicName());
        if (partitions == null || partitions.isEmpty()) {
            supervised.pause(RETRY_DELAY);
            return;
        }
        List<TopicPartition> all = partitions.stream()
            .map((partitionInfo) -> new TopicPartition(partitionInfo.topic(), partitionInfo.partition()))
            .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        while (supervised.isRunning()) {
            consumer.poll(POLL).forEach(this::take);
            supervised.recordSuccess();
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

}
