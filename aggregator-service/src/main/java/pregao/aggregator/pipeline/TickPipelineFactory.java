package pregao.aggregator.pipeline;

import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

import pregao.aggregator.AggregatorProperties;
import pregao.aggregator.candle.CandleRepository;
import pregao.aggregator.candle.DailyRollupCache;
import pregao.aggregator.candle.FormingCandleThrottle;
import pregao.aggregator.feed.FeedRegistry;
import pregao.aggregator.tick.RawTickRepository;
import pregao.aggregator.tick.TickCache;
import pregao.contracts.Topic;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.DeadLetterPublisher;
import pregao.pipeline.consumer.FencedConsumer;
import pregao.pipeline.consumer.FencedConsumerContainer;
import pregao.pipeline.consumer.RecordPublisher;
import pregao.pipeline.offset.OffsetRepository;
import pregao.pipeline.offset.PartitionOffsets;

/**
 * Creates a consumer with its tick pipeline, without any state of the previous one.
 */
final class TickPipelineFactory implements FencedConsumerContainer.FencedConsumerFactory {

    /** The topics that the consumer reads. */
    static final List<Topic> TOPICS = List.of(Topic.TICK, Topic.CANDLE);

    /** The rollups of so many days take about 25 MB. */
    private static final int MAX_CACHED_DAYS = 5_000;

    private final DataSource dataSource;

    private final FeedRegistry feeds;

    private final AggregatorProperties properties;

    private final ConsumerState state;

    private final InstantSource clock;

    private final ConsumerMetrics consumerMetrics;

    private final AggregatorMetrics metrics;

    TickPipelineFactory(DataSource dataSource, FeedRegistry feeds, AggregatorProperties properties, ConsumerState state,
            InstantSource clock, ConsumerMetrics consumerMetrics, AggregatorMetrics metrics) {
        this.dataSource = dataSource;
        this.feeds = feeds;
        this.properties = properties;
        this.state = state;
        this.clock = clock;
        this.consumerMetrics = consumerMetrics;
        this.metrics = metrics;
    }

    @Override
    public FencedConsumer createConsumer(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer,
            int partitionCount) {
        OffsetRepository offsetRepository = new OffsetRepository("market.aggregator_state");
        AssignedPartitions assignedPartitions = new AssignedPartitions(
                new PartitionOffsets(offsetRepository, this.consumerMetrics), this.feeds);
        RawTickRepository rawTicks = new RawTickRepository();
        CandleRepository candles = new CandleRepository();
        TickCache tickCache = new TickCache(this.properties.tickCacheSize());
        RecordPublisher publisher = new RecordPublisher(producer);
        DeadLetterPublisher deadLetters = new DeadLetterPublisher(Topic.Service.AGGREGATOR, producer,
                this.consumerMetrics);
        TickPipeline pipeline = new TickPipeline(new RecordDecoder(deadLetters),
                new PartitionRecovery(this.dataSource, candles, publisher, assignedPartitions, this.clock),
                assignedPartitions,
                new MinuteUpdater(this.dataSource, rawTicks, tickCache, assignedPartitions, this.feeds, this.metrics),
                new AggregationWriter(this.dataSource, rawTicks, candles, offsetRepository, assignedPartitions,
                        new RollupUpdater(candles, new DailyRollupCache(MAX_CACHED_DAYS), assignedPartitions),
                        new GridRebuild(this.dataSource, candles, assignedPartitions, this.feeds, this.metrics)),
                rawTicks, tickCache, new FormingCandleThrottle(this.properties.formingInterval().toMillis()), publisher,
                this.clock, this.metrics);
        return new FencedConsumer(consumer, partitionCount, pipeline, deadLetters,
                this.properties.toConsumerProperties(), this.state, this.clock, this.consumerMetrics);
    }

}
