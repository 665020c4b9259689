package pregao.indicators.loop;

import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

import pregao.contracts.Topic;
import pregao.indicators.IndicatorsSettings;
import pregao.indicators.indicator.Calculation;
import pregao.indicators.indicator.ValueStore;
import pregao.loop.DeadLetters;
import pregao.loop.FencedLoop;
import pregao.loop.LoopMetrics;
import pregao.loop.LoopState;
import pregao.loop.LoopThread;
import pregao.loop.Publisher;
import pregao.loop.fence.Positions;
import pregao.loop.fence.ProgressStore;

/**
 * Puts a loop together, with nothing remembered from the one before.
 */
final class IndicationFactory implements LoopThread.LoopMaker {

    /** What the loop reads. */
    static final List<Topic> READS = List.of(Topic.CANDLE);

    private final DataSource database;

    private final IndicatorsSettings settings;

    private final LoopState state;

    private final InstantSource clock;

    private final LoopMetrics loopMetrics;

    private final IndicationMetrics metrics;

    IndicationFactory(DataSource database, IndicatorsSettings settings, LoopState state, InstantSource clock,
            LoopMetrics loopMetrics, IndicationMetrics metrics) {
        this.database = database;
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.loopMetrics = loopMetrics;
        this.metrics = metrics;
    }

    @Override
    public FencedLoop loop(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, int partitions) {
        DeadLetters deadLetters = deadLetters(producer);
        return new FencedLoop(consumer, partitions, indication(producer, deadLetters), deadLetters,
                this.settings.loop(), this.state, this.clock, this.loopMetrics);
    }

    /**
     * The work without the loop around it.
     */
    Indication indication(Producer<String, byte[]> producer) {
        return indication(producer, deadLetters(producer));
    }

    private DeadLetters deadLetters(Producer<String, byte[]> producer) {
        return new DeadLetters(Topic.Service.INDICATORS, producer, this.loopMetrics);
    }

    private Indication indication(Producer<String, byte[]> producer, DeadLetters deadLetters) {
        ProgressStore progress = new ProgressStore("indicators.indicator_state");
        Positions positions = new Positions(progress, this.loopMetrics);
        Publisher publisher = new Publisher(producer);
        Takeover takeover = new Takeover(this.database, positions, new ConventionStore(), this.settings.convention(),
                publisher);
        return new Indication(this.database, new Decoding(deadLetters), takeover, positions, progress,
                new Calculation(this.settings.convention(), this.settings.series()), new ValueStore(), publisher,
                this.settings.convention(), this.metrics);
    }

}
