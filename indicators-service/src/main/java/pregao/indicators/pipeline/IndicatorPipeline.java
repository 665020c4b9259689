package pregao.indicators.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.candle.SeriesKey;
import pregao.indicators.indicator.IndicatorCalculator;
import pregao.indicators.indicator.IndicatorChanges;
import pregao.indicators.indicator.IndicatorRepository;
import pregao.pipeline.candle.CandleKeyJson;
import pregao.pipeline.consumer.PartitionProcessor;
import pregao.pipeline.consumer.RecordPublisher;
import pregao.pipeline.offset.OffsetAdvance;
import pregao.pipeline.offset.OffsetRepository;
import pregao.pipeline.offset.PartitionOffsets;
import pregao.pipeline.offset.RetryingTransaction;

/**
 * The work of the loop: candles in, values stored and then published with their candles.
 */
final class IndicatorPipeline implements PartitionProcessor {

    private final DataSource database;

    private final RecordDecoder decoding;

    private final PartitionRecovery takeover;

    private final PartitionOffsets positions;

    private final OffsetRepository progress;

    private final IndicatorCalculator calculation;

    private final IndicatorRepository values;

    private final RecordPublisher publisher;

    private final IndicatorConvention convention;

    private final IndicatorMetrics metrics;

    /** Whose candles are remembered, by where they come from. */
    private final Map<Instrument, TopicPartition> heard = new HashMap<>();

    IndicatorPipeline(DataSource database, RecordDecoder decoding, PartitionRecovery takeover,
            PartitionOffsets positions, OffsetRepository progress, IndicatorCalculator calculation,
            IndicatorRepository values, RecordPublisher publisher, IndicatorConvention convention,
            IndicatorMetrics metrics) {
        this.database = database;
        this.decoding = decoding;
        this.takeover = takeover;
        this.positions = positions;
        this.progress = progress;
        this.calculation = calculation;
        this.values = values;
        this.publisher = publisher;
        this.convention = convention;
        this.metrics = metrics;
    }

    @Override
    public boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) throws SQLException {
        return this.takeover.take(consumer, partitions, partitionCount);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        this.positions.remove(partitions);
        this.takeover.forget();
        this.calculation.forget((instrument) -> {
            TopicPartition partition = this.heard.get(instrument);
            return partition == null || partitions.contains(partition);
        });
        this.heard.values().removeAll(partitions);
    }

    @Override
    public long nextDeadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        CandleBatch batch = this.decoding.read(records);
        this.heard.putAll(batch.partitions());
        List<Candle> withdrawn = batch.takeWithdrawn();
        do {
            Map<SeriesKey, NavigableMap<Long, Candle>> part = batch.nextPart(this.calculation::needsHistory);
            if (batch.isEmpty()) {
                this.positions.advance(batch.next());
            }
            step(part, withdrawn);
            withdrawn = List.of();
        }
        while (!batch.isEmpty());
    }

    /**
     * Computes, stores and publishes some series. Every part is fenced; the last one of a
     * poll moves the offsets.
     */
    private void step(Map<SeriesKey, NavigableMap<Long, Candle>> part, List<Candle> withdrawn) throws SQLException {
        long start = System.nanoTime();
        IndicatorChanges changes = changes(part, withdrawn);
        Set<@Nullable TopicPartition> written = new HashSet<>();
        changes.spans().keySet().forEach((series) -> written.add(this.heard.get(series.instrument())));
        withdrawn.forEach((candle) -> written.add(this.heard.get(candle.instrument())));
        List<OffsetAdvance> moves = this.positions.pendingCommits((partition) -> keys(partition, changes),
                written::contains);
        if (moves.isEmpty()) {
            return;
        }
        RetryingTransaction.run(this.database, (connection) -> {
            this.values.put(connection, changes.toStore());
            this.values.span(connection, changes.spans());
            this.values.remove(connection, changes.withdrawn());
            this.progress.advance(connection, moves);
            return moves;
        });
        this.positions.markCommitted();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        changes.withdrawn().forEach((each) -> records.add(IndicatorRecordFactory.withdrawn(each, this.convention)));
        changes.toPublish().stream().map(IndicatorRecordFactory.of(this.convention)).forEach(records::add);
        this.publisher.publish(records);
        this.metrics.stepped(changes, System.nanoTime() - start);
    }

    private IndicatorChanges changes(Map<SeriesKey, NavigableMap<Long, Candle>> part, List<Candle> withdrawn)
            throws SQLException {
        if (part.isEmpty() && withdrawn.isEmpty()) {
            return new IndicatorChanges();
        }
        try (Connection connection = this.database.getConnection()) {
            return this.calculation.of(connection, part, withdrawn);
        }
    }

    private @Nullable String keys(TopicPartition partition, IndicatorChanges changes) {
        List<Candle> published = new ArrayList<>(changes.withdrawn());
        changes.toPublish().forEach((candleWithIndicators) -> published.add(candleWithIndicators.candle()));
        published.removeIf((candle) -> !partition.equals(this.heard.get(candle.instrument())));
        return published.isEmpty() ? null : CandleKeyJson.write(published);
    }

}
