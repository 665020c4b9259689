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
 * Takes partitions over: publishes the last batch again, and first computes everything of
 * a partition that was never computed, whose topic has forgotten what came since, or that
 * has values of another convention.
 */
final class PartitionRecovery {

    private final DataSource database;

    private final PartitionOffsets positions;

    private final ConventionRepository conventions;

    private final IndicatorConvention convention;

    private final RecordPublisher publisher;

    private @Nullable IndicatorRebuildTask rebuild;

    PartitionRecovery(DataSource database, PartitionOffsets positions, ConventionRepository conventions,
            IndicatorConvention convention, RecordPublisher publisher) {
        this.database = database;
        this.positions = positions;
        this.conventions = conventions;
        this.convention = convention;
        this.publisher = publisher;
    }

    void forget() {
        this.rebuild = null;
    }

    /**
     * Takes partitions over, or does the next part of that.
     * @return whether all is done
     */
    boolean take(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions, int partitionCount)
            throws SQLException {
        IndicatorRebuildTask running = this.rebuild;
        if (running == null) {
            try (Connection connection = this.database.getConnection()) {
                running = begin(connection, consumer, partitions, partitionCount);
            }
            this.rebuild = running;
        }
        if (!running.processNextPage()) {
            return false;
        }
        this.rebuild = null;
        return true;
    }

    private IndicatorRebuildTask begin(Connection connection, Consumer<String, byte[]> consumer,
            Collection<TopicPartition> partitions, int partitionCount) throws SQLException {
        Map<TopicPartition, @Nullable StoredOffset> found = this.positions.seekToStored(connection, consumer,
                partitions);
        List<ProducerRecord<String, byte[]>> again = new ArrayList<>();
        List<Integer> toRebuild = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            StoredOffset storedOffset = found.get(partition);
            if (storedOffset == null
                    || !this.convention.text().equals(this.conventions.find(connection, partition.partition()))) {
                toRebuild.add(partition.partition());
            }
            else if (storedOffset.candles() != null) {
                addLastBatch(connection, CandleKeyJson.read(storedOffset.candles()), again);
            }
        }
        this.publisher.publish(again);
        return new IndicatorRebuildTask(this.database, this.convention, this.conventions, toRebuild, partitionCount);
    }

    private void addLastBatch(Connection connection, List<CandleKey> keys, List<ProducerRecord<String, byte[]>> records)
            throws SQLException {
        for (Candle candle : StoredCandleRepository.findWithdrawn(connection, keys)) {
            records.add(IndicatorRecordFactory.withdrawn(candle, this.convention));
        }
        CandleHistoryRepository.find(connection, keys)
            .stream()
            .map(IndicatorRecordFactory.of(this.convention))
            .forEach(records::add);
    }

}
