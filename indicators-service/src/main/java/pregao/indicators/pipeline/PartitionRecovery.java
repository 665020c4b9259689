package pregao.indicators.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.candle.CandleHistoryRepository;
import pregao.pipeline.candle.CandleKey;
import pregao.pipeline.candle.CandleKeyJson;
import pregao.pipeline.candle.StoredCandleRepository;
import pregao.pipeline.consumer.RecordPublisher;
import pregao.pipeline.offset.PartitionOffsets;
import pregao.pipeline.offset.StoredOffset;

/**
 * Recovers partitions: publishes the last batch again. First computes all values of a
 * partition that was never computed, whose topic no longer has the records since the
 * stored offset, or whose values follow another convention.
 */
final class PartitionRecovery {

    private final DataSource dataSource;

    private final PartitionOffsets offsets;

    private final ConventionRepository conventions;

    private final IndicatorConvention convention;

    private final RecordPublisher publisher;

    private @Nullable IndicatorRebuildTask rebuildTask;

    PartitionRecovery(DataSource dataSource, PartitionOffsets offsets, ConventionRepository conventions,
            IndicatorConvention convention, RecordPublisher publisher) {
        this.dataSource = dataSource;
        this.offsets = offsets;
        this.conventions = conventions;
        this.convention = convention;
        this.publisher = publisher;
    }

    void reset() {
        this.rebuildTask = null;
    }

    /**
     * Recovers partitions, or continues with the next step.
     * @return true if the recovery is complete
     */
    boolean recover(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions, int partitionCount)
            throws SQLException {
        IndicatorRebuildTask task = this.rebuildTask;
        if (task == null) {
            try (Connection connection = this.dataSource.getConnection()) {
                task = start(connection, consumer, partitions, partitionCount);
            }
            this.rebuildTask = task;
        }
        if (!task.processNextPage()) {
            return false;
        }
        this.rebuildTask = null;
        return true;
    }

    private IndicatorRebuildTask start(Connection connection, Consumer<String, byte[]> consumer,
            Collection<TopicPartition> partitions, int partitionCount) throws SQLException {
        Map<TopicPartition, @Nullable StoredOffset> storedOffsets = this.offsets.seekToStored(connection, consumer,
                partitions);
        List<ProducerRecord<String, byte[]>> recordsToRepublish = new ArrayList<>();
        List<Integer> partitionsToRebuild = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            StoredOffset storedOffset = storedOffsets.get(partition);
            if (storedOffset == null
                    || !this.convention.text().equals(this.conventions.find(connection, partition.partition()))) {
                partitionsToRebuild.add(partition.partition());
            }
            else if (storedOffset.candles() != null) {
                addLastBatch(connection, CandleKeyJson.read(storedOffset.candles()), recordsToRepublish);
            }
        }
        this.publisher.publish(recordsToRepublish);
        return new IndicatorRebuildTask(this.dataSource, this.convention, this.conventions, partitionsToRebuild,
                partitionCount);
    }

    private void addLastBatch(Connection connection, List<CandleKey> keys, List<ProducerRecord<String, byte[]>> records)
            throws SQLException {
        for (Candle candle : StoredCandleRepository.findWithdrawn(connection, keys)) {
            records.add(IndicatorRecordFactory.createWithdrawn(candle, this.convention));
        }
        CandleHistoryRepository.find(connection, keys)
            .stream()
            .map(IndicatorRecordFactory.mapperFor(this.convention))
            .forEach(records::add);
    }

}
