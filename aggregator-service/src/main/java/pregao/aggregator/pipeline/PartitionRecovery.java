package pregao.aggregator.pipeline;

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

import pregao.aggregator.candle.CandleRepository;
import pregao.contracts.candle.CandleEvent;
import pregao.pipeline.candle.CandleKey;
import pregao.pipeline.candle.CandleKeyJson;
import pregao.pipeline.candle.StoredCandleRepository;
import pregao.pipeline.consumer.RecordPublisher;
import pregao.pipeline.offset.StoredOffset;

/**
 * Takes partitions over: goes where the database says they are, publishes again what a
 * crash may have kept back, and takes up the open candles.
 */
final class PartitionRecovery {

    private final DataSource database;

    private final CandleRepository candles;

    private final RecordPublisher publisher;

    private final AssignedPartitions owned;

    private final InstantSource clock;

    PartitionRecovery(DataSource database, CandleRepository candles, RecordPublisher publisher,
            AssignedPartitions owned, InstantSource clock) {
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
            for (StoredOffset storedOffset : this.owned.positions()
                .seekToStored(connection, consumer, partitions)
                .values()) {
                if (storedOffset != null && storedOffset.candles() != null) {
                    List<CandleKey> keys = CandleKeyJson.read(storedOffset.candles());
                    StoredCandleRepository.find(connection, keys)
                        .forEach((candle) -> again.add(CandleEvent.of(candle)));
                    StoredCandleRepository.findWithdrawn(connection, keys)
                        .forEach((candle) -> again.add(CandleEvent.withdrawn(candle)));
                }
            }
        }
        try (Connection connection = this.database.getConnection()) {
            resume(connection, partitionCount);
        }
        this.publisher.publish(again.stream().map(CandleRecordFactory::of).toList());
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
