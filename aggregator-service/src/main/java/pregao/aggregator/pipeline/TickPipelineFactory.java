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
 * Puts a loop together, with nothing remembered from the one before.
 */
final class TickPipelineFactory implements FencedConsumerContainer.FencedConsumerFactory {

    /** What the loop reads. */
    static final List<Topic> READS = List.of(Topic.TICK, Topic.CANDLE);

    /** So many instruments with a day in memory take about 25 MB. */
    private static final int MOST_DAYS = 5_000;

    private final DataSource database;

    private final FeedRegistry feeds;

    private final AggregatorProperties settings;

    private final ConsumerState state;

    private final InstantSource clock;

    private final ConsumerMetrics loopMetrics;

    private final AggregatorMetrics metrics;

    TickPipelineFactory(DataSource database, FeedRegistry feeds, AggregatorProperties settings, ConsumerState state,
            InstantSource clock, ConsumerMetrics loopMetrics, AggregatorMetrics metrics) {
        this.database = database;
        this.feeds = feeds;
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.loopMetrics = loopMetrics;
        this.metrics = metrics;
    }

    @Override
    public FencedConsumer createConsumer(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer,
            int partitions) {
        OffsetRepository progress = new OffsetRepository("market.aggregator_state");
        AssignedPartitions owned = new AssignedPartitions(new PartitionOffsets(progress, this.loopMetrics), this.feeds);
        RawTickRepository raw = new RawTickRepository();
        CandleRepository candles = new CandleRepository();
        TickCache memory = new TickCache(this.settings.tickCacheSize());
        RecordPublisher publisher = new RecordPublisher(producer);
        DeadLetterPublisher deadLetters = new DeadLetterPublisher(Topic.Service.AGGREGATOR, producer, this.loopMetrics);
        TickPipeline aggregation = new TickPipeline(new RecordDecoder(deadLetters),
                new PartitionRecovery(this.database, candles, publisher, owned, this.clock), owned,
                new MinuteUpdater(this.database, raw, memory, owned, this.feeds, this.metrics),
                new AggregationWriter(this.database, raw, candles, progress, owned,
                        new RollupUpdater(candles, new DailyRollupCache(MOST_DAYS), owned),
                        new GridRebuild(this.database, candles, owned, this.feeds, this.metrics)),
                raw, memory, new FormingCandleThrottle(this.settings.formingInterval().toMillis()), publisher,
                this.clock, this.metrics);
        return new FencedConsumer(consumer, partitions, aggregation, deadLetters, this.settings.loop(), this.state,
                this.clock, this.loopMetrics);
    }

}
