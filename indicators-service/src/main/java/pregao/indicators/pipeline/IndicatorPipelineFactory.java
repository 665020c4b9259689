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
 * Puts a loop together, with nothing remembered from the one before.
 */
final class IndicatorPipelineFactory implements FencedConsumerContainer.FencedConsumerFactory {

    /** What the loop reads. */
    static final List<Topic> READS = List.of(Topic.CANDLE);

    private final DataSource database;

    private final IndicatorProperties settings;

    private final ConsumerState state;

    private final InstantSource clock;

    private final ConsumerMetrics loopMetrics;

    private final IndicatorMetrics metrics;

    IndicatorPipelineFactory(DataSource database, IndicatorProperties settings, ConsumerState state,
            InstantSource clock, ConsumerMetrics loopMetrics, IndicatorMetrics metrics) {
        this.database = database;
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.loopMetrics = loopMetrics;
        this.metrics = metrics;
    }

    @Override
    public FencedConsumer createConsumer(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer,
            int partitions) {
        DeadLetterPublisher deadLetters = deadLetters(producer);
        return new FencedConsumer(consumer, partitions, indication(producer, deadLetters), deadLetters,
                this.settings.loop(), this.state, this.clock, this.loopMetrics);
    }

    /**
     * The work without the loop around it.
     */
    IndicatorPipeline indication(Producer<String, byte[]> producer) {
        return indication(producer, deadLetters(producer));
    }

    private DeadLetterPublisher deadLetters(Producer<String, byte[]> producer) {
        return new DeadLetterPublisher(Topic.Service.INDICATORS, producer, this.loopMetrics);
    }

    private IndicatorPipeline indication(Producer<String, byte[]> producer, DeadLetterPublisher deadLetters) {
        OffsetRepository progress = new OffsetRepository("indicators.indicator_state");
        PartitionOffsets positions = new PartitionOffsets(progress, this.loopMetrics);
        RecordPublisher publisher = new RecordPublisher(producer);
        PartitionRecovery takeover = new PartitionRecovery(this.database, positions, new ConventionRepository(),
                this.settings.convention(), publisher);
        return new IndicatorPipeline(this.database, new RecordDecoder(deadLetters), takeover, positions, progress,
                new IndicatorCalculator(this.settings.convention(), this.settings.series()), new IndicatorRepository(),
                publisher, this.settings.convention(), this.metrics);
    }

}
