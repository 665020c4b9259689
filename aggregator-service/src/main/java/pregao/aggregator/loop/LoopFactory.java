package pregao.aggregator.loop;

import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

import pregao.aggregator.AggregatorSettings;
import pregao.aggregator.candle.CandleStore;
import pregao.aggregator.candle.DayMemory;
import pregao.aggregator.candle.FormingGate;
import pregao.aggregator.feed.Feeds;
import pregao.aggregator.tick.RawStore;
import pregao.aggregator.tick.TickMemory;
import pregao.contracts.Topic;
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
final class LoopFactory implements LoopThread.LoopMaker {

    /** What the loop reads. */
    static final List<Topic> READS = List.of(Topic.TICK, Topic.CANDLE);

    /** So many instruments with a day in memory take about 25 MB. */
    private static final int MOST_DAYS = 5_000;

    private final DataSource database;

    private final Feeds feeds;

    private final AggregatorSettings settings;

    private final LoopState state;

    private final InstantSource clock;

    private final LoopMetrics loopMetrics;

    private final AggregatorMetrics metrics;

    LoopFactory(DataSource database, Feeds feeds, AggregatorSettings settings, LoopState state, InstantSource clock,
            LoopMetrics loopMetrics, AggregatorMetrics metrics) {
        this.database = database;
        this.feeds = feeds;
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.loopMetrics = loopMetrics;
        this.metrics = metrics;
    }

    @Override
    public FencedLoop loop(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, int partitions) {
        ProgressStore progress = new ProgressStore("market.aggregator_state");
        Ownership owned = new Ownership(new Positions(progress, this.loopMetrics), this.feeds);
        RawStore raw = new RawStore();
        CandleStore candles = new CandleStore();
        TickMemory memory = new TickMemory(this.settings.memoryTicks());
        Publisher publisher = new Publisher(producer);
        DeadLetters deadLetters = new DeadLetters(Topic.Service.AGGREGATOR, producer, this.loopMetrics);
        Aggregation aggregation = new Aggregation(new Decoding(deadLetters),
                new Assignment(this.database, candles, publisher, owned, this.clock), owned,
                new Collecting(this.database, raw, memory, owned, this.feeds, this.metrics),
                new Storing(this.database, raw, candles, progress, owned,
                        new RollingUp(candles, new DayMemory(MOST_DAYS), owned),
                        new GridRebuild(this.database, candles, owned, this.feeds, this.metrics)),
                raw, memory, new FormingGate(this.settings.formingEvery().toMillis()), publisher, this.clock,
                this.metrics);
        return new FencedLoop(consumer, partitions, aggregation, deadLetters, this.settings.loop(), this.state,
                this.clock, this.loopMetrics);
    }

}
