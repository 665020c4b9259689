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
 * Recovers partitions: seeks to the offsets in the database, publishes again what a crash
 * may have left unpublished, and restores the open candles.
 */
final class PartitionRecovery {

    private final DataSource dataSource;

    private final CandleRepository candles;

    private final RecordPublisher publisher;

    private final AssignedPartitions assignedPartitions;

    private final InstantSource clock;

    PartitionRecovery(DataSource dataSource, CandleRepository candles, RecordPublisher publisher,
            AssignedPartitions assignedPartitions, InstantSource clock) {
        this.dataSource = dataSource;
        this.candles = candles;
        this.publisher = publisher;
        this.assignedPartitions = assignedPartitions;
        this.clock = clock;
    }

    /**
     * Recovers partitions.
     * @param consumer the consumer that the partitions are assigned to
     * @param partitions all assigned partitions
     * @param partitionCount the number of partitions of each topic
     */
    void recover(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions, int partitionCount)
            throws SQLException {
        List<CandleEvent> eventsToRepublish = new ArrayList<>();
        try (Connection connection = this.dataSource.getConnection()) {
            for (StoredOffset storedOffset : this.assignedPartitions.offsets()
                .seekToStored(connection, consumer, partitions)
                .values()) {
                if (storedOffset != null && storedOffset.candles() != null) {
                    List<CandleKey> keys = CandleKeyJson.read(storedOffset.candles());
                    StoredCandleRepository.find(connection, keys)
                        .forEach((candle) -> eventsToRepublish.add(CandleEvent.of(candle)));
                    StoredCandleRepository.findWithdrawn(connection, keys)
                        .forEach((candle) -> eventsToRepublish.add(CandleEvent.withdrawn(candle)));
                }
            }
        }
        try (Connection connection = this.dataSource.getConnection()) {
            restoreFormingCandles(connection, partitionCount);
        }
        this.publisher.publish(eventsToRepublish.stream().map(CandleRecordFactory::of).toList());
    }

    private void restoreFormingCandles(Connection connection, int partitionCount) throws SQLException {
        long now = this.clock.millis();
        this.candles.forEachForming(connection, (key) -> {
            int partition = BuiltInPartitioner.partitionForKey(Utils.utf8(key.instrument().key()), partitionCount);
            if (this.assignedPartitions.owns(partition)) {
                this.assignedPartitions.getOrCreateTracker(key.instrument(), partition, now)
                    .restore(key.timeframe(), key.openTime());
            }
        });
        this.assignedPartitions.updateCloseQueue();
    }

}
