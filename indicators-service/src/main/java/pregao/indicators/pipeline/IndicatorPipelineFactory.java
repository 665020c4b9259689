package pregao.indicators.pipeline;

import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

import pregao.contracts.Topic;
import pregao.indicators.IndicatorProperties;
import pregao.indicators.indicator.IndicatorCalculator;
import pregao.indicators.indicator.IndicatorRepository;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.DeadLetterPublisher;
import pregao.pipeline.consumer.FencedConsumer;
import pregao.pipeline.consumer.FencedConsumerContainer;
import pregao.pipeline.consumer.RecordPublisher;
import pregao.pipeline.offset.OffsetRepository;
import pregao.pipeline.offset.PartitionOffsets;

/**
 * Creates a consumer with its indicator pipeline, without any state of the previous one.
 */
final class IndicatorPipelineFactory implements FencedConsumerContainer.FencedConsumerFactory {

    /** The topics that the consumer reads. */
    static final List<Topic> TOPICS = List.of(Topic.CANDLE);

    private final DataSource dataSource;

    private final IndicatorProperties properties;

    private final ConsumerState state;

    private final InstantSource clock;

    private final ConsumerMetrics consumerMetrics;

    private final IndicatorMetrics metrics;

    IndicatorPipelineFactory(DataSource dataSource, IndicatorProperties properties, ConsumerState state,
            InstantSource clock, ConsumerMetrics consumerMetrics, IndicatorMetrics metrics) {
        this.dataSource = dataSource;
        this.properties = properties;
        this.state = state;
        this.clock = clock;
        this.consumerMetrics = consumerMetrics;
        this.metrics = metrics;
    }

    @Override
    public FencedConsumer createConsumer(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer,
            int partitionCount) {
        DeadLetterPublisher deadLetters = createDeadLetterPublisher(producer);
        return new FencedConsumer(consumer, partitionCount, createPipeline(producer, deadLetters), deadLetters,
                this.properties.toConsumerProperties(), this.state, this.clock, this.consumerMetrics);
    }

    /**
     * Creates a pipeline without a consumer.
     */
    IndicatorPipeline createPipeline(Producer<String, byte[]> producer) {
        return createPipeline(producer, createDeadLetterPublisher(producer));
    }

    private DeadLetterPublisher createDeadLetterPublisher(Producer<String, byte[]> producer) {
        return new DeadLetterPublisher(Topic.Service.INDICATORS, producer, this.consumerMetrics);
    }

    private IndicatorPipeline createPipeline(Producer<String, byte[]> producer, DeadLetterPublisher deadLetters) {
        OffsetRepository offsetRepository = new OffsetRepository("indicators.indicator_state");
        PartitionOffsets offsets = new PartitionOffsets(offsetRepository, this.consumerMetrics);
        RecordPublisher publisher = new RecordPublisher(producer);
        PartitionRecovery recovery = new PartitionRecovery(this.dataSource, offsets, new ConventionRepository(),
                this.properties.convention(), publisher);
        return new IndicatorPipeline(this.dataSource, new RecordDecoder(deadLetters), recovery, offsets,
                offsetRepository, new IndicatorCalculator(this.properties.convention(), this.properties.series()),
                new IndicatorRepository(), publisher, this.properties.convention(), this.metrics);
    }

}
