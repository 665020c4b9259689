package pregao.aggregator.loop;

import java.time.InstantSource;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

import pregao.aggregator.candle.CandlePublisher;
import pregao.aggregator.candle.CandleStore;
import pregao.aggregator.candle.FormingGate;
import pregao.aggregator.feed.Feeds;
import pregao.aggregator.state.ProgressStore;
import pregao.aggregator.tick.RawStore;
import pregao.aggregator.tick.TickMemory;

/**
 * Puts a loop together, with nothing remembered from the one before.
 */
final class LoopFactory {

    private final DataSource database;

    private final Feeds feeds;

    private final LoopSettings settings;

    private final LoopState state;

    private final InstantSource clock;

    private final LoopMetrics metrics;

    LoopFactory(DataSource database, Feeds feeds, LoopSettings settings, LoopState state, InstantSource clock,
            LoopMetrics metrics) {
        this.database = database;
        this.feeds = feeds;
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.metrics = metrics;
    }

    TickLoop loop(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, int partitions) {
        Ownership owned = new Ownership();
        RawStore raw = new RawStore();
        CandleStore candles = new CandleStore();
        ProgressStore progress = new ProgressStore();
        TickMemory memory = new TickMemory(this.settings.memoryTicks());
        CandlePublisher publisher = new CandlePublisher(producer);
        Aggregation aggregation = new Aggregation(owned,
                new Collecting(this.database, raw, memory, owned, this.feeds, this.metrics),
                new Storing(this.database, raw, candles, progress, owned, this.feeds), raw, memory,
                new FormingGate(this.settings.formingEvery().toMillis()), publisher, this.feeds, this.clock,
                this.metrics);
        Assignment assignment = new Assignment(this.database, progress, candles, publisher, owned, this.clock);
        return new TickLoop(consumer, partitions, aggregation, assignment,
                new Decoding(new DeadLetters(producer, this.metrics)), this.settings, this.state, this.clock,
                this.metrics);
    }

}
