package pregao.aggregator.loop;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

import pregao.aggregator.candle.CandleStore;
import pregao.contracts.candle.CandleEvent;
import pregao.loop.Publisher;
import pregao.loop.candle.CandleKey;
import pregao.loop.candle.CandleKeys;
import pregao.loop.candle.StoredCandles;
import pregao.loop.fence.Progress;

/**
 * Takes partitions over: goes where the database says they are, publishes again what a
 * crash may have kept back, and takes up the open candles.
 */
final class Assignment {

    private final DataSource database;

    private final CandleStore candles;

    private final Publisher publisher;

    private final Ownership owned;

    private final InstantSource clock;

    Assignment(DataSource database, CandleStore candles, Publisher publisher, Ownership owned, InstantSource clock) {
        this.database = database;
        this.candles = candles;
        this.publisher = publisher;
        this.owned = owned;
        this.clock = clock;
    }

    /**
     * Takes partitions over.
     * @param consumer to which they are assigned
     * @param partitions all of them
     * @param partitionCount how many the topics have
     */
    void take(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions, int partitionCount)
            throws SQLException {
        List<CandleEvent> again = new ArrayList<>();
        try (Connection connection = this.database.getConnection()) {
            for (Progress at : this.owned.positions().take(connection, consumer, partitions).values()) {
                if (at != null && at.candles() != null) {
                    List<CandleKey> keys = CandleKeys.read(at.candles());
                    StoredCandles.find(connection, keys).forEach((candle) -> again.add(CandleEvent.of(candle)));
                    StoredCandles.withdrawn(connection, keys)
                        .forEach((candle) -> again.add(CandleEvent.withdrawn(candle)));
                }
            }
        }
        try (Connection connection = this.database.getConnection()) {
            resume(connection, partitionCount);
        }
        this.publisher.publish(again.stream().map(CandleRecords::of).toList());
    }

    private void resume(Connection connection, int partitionCount) throws SQLException {
        long now = this.clock.millis();
        this.candles.forming(connection, (key) -> {
            int partition = BuiltInPartitioner.partitionForKey(Utils.utf8(key.instrument().key()), partitionCount);
            if (this.owned.owns(partition)) {
                this.owned.heard(key.instrument(), partition, now).restore(key.timeframe(), key.openTime());
            }
        });
        this.owned.settle();
    }

}
