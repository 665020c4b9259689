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
 * Reads the topic {@code feed} from its beginning and follows it, on its own thread.
 */
public final class FeedReader implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(FeedReader.class);

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration MAX_SUCCESS_AGE = Duration.ofSeconds(30);

    private final FeedRegistry feeds;

    private final Supplier<? extends Consumer<String, byte[]>> consumerFactory;

    private final SupervisedThread thread = new SupervisedThread("feeds", MAX_SUCCESS_AGE, this::run, this::wakeUp);

    private volatile boolean caughtUp;

    private volatile @Nullable Consumer<String, byte[]> openConsumer;

    /**
     * Creates a reader that has not started.
     * @param feeds the registry to fill
     * @param consumerFactory creates consumers without a group
     */
    public FeedReader(FeedRegistry feeds, Supplier<? extends Consumer<String, byte[]>> consumerFactory) {
        this.feeds = feeds;
        this.consumerFactory = consumerFactory;
    }

    /**
     * Returns true once all settings that were written before the start are read.
     * @return whether the reader has caught up
     */
    public boolean isCaughtUp() {
        return this.caughtUp;
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void wakeUp() {
        Consumer<String, byte[]> consumer = this.openConsumer;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run(SupervisedThread thread) throws InterruptedException {
        try (Consumer<String, byte[]> consumer = this.consumerFactory.get()) {
            this.openConsumer = consumer;
            follow(consumer, thread);
        }
        finally {
            this.openConsumer = null;
        }
    }

    private void follow(Consumer<String, byte[]> consumer, SupervisedThread thread) throws InterruptedException {
        List<PartitionInfo> partitions = consumer.partitionsFor(Topic.FEED.topicName());
        if (partitions == null || partitions.isEmpty()) {
            thread.pause(RETRY_DELAY);
            return;
        }
        List<TopicPartition> topicPartitions = partitions.stream()
            .map((partitionInfo) -> new TopicPartition(partitionInfo.topic(), partitionInfo.partition()))
            .toList();
        consumer.assign(topicPartitions);
        consumer.seekToBeginning(topicPartitions);
        Map<TopicPartition, Long> endOffsets = consumer.endOffsets(topicPartitions);
        while (thread.isRunning()) {
            consumer.poll(POLL_TIMEOUT).forEach(this::applyRecord);
            thread.recordSuccess();
            if (!this.caughtUp) {
                this.caughtUp = endOffsets.entrySet()
                    .stream()
                    .allMatch((endOffset) -> consumer.position(endOffset.getKey()) >= endOffset.getValue());
            }
        }
    }

    private void applyRecord(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            this.feeds.remove(record.key());
            return;
        }
        try {
            this.feeds.put(FeedCodec.decode(record.value()));
        }
        catch (IllegalArgumentException ex) {
            log.warn("settings of feed {} at offset {} are not understood and do not count: {}", record.key(),
                    record.offset(), ex.getMessage());
        }
    }

}
