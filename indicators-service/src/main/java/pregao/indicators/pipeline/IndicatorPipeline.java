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
 * Processes candles: computes indicator values, stores them, and then publishes them with
 * their candles.
 */
final class IndicatorPipeline implements PartitionProcessor {

    private final DataSource dataSource;

    private final RecordDecoder decoder;

    private final PartitionRecovery recovery;

    private final PartitionOffsets offsets;

    private final OffsetRepository offsetRepository;

    private final IndicatorCalculator calculator;

    private final IndicatorRepository indicators;

    private final RecordPublisher publisher;

    private final IndicatorConvention convention;

    private final IndicatorMetrics metrics;

    /** The partition of each instrument with series in memory. */
    private final Map<Instrument, TopicPartition> partitionsByInstrument = new HashMap<>();

    IndicatorPipeline(DataSource dataSource, RecordDecoder decoder, PartitionRecovery recovery,
            PartitionOffsets offsets, OffsetRepository offsetRepository, IndicatorCalculator calculator,
            IndicatorRepository indicators, RecordPublisher publisher, IndicatorConvention convention,
            IndicatorMetrics metrics) {
        this.dataSource = dataSource;
        this.decoder = decoder;
        this.recovery = recovery;
        this.offsets = offsets;
        this.offsetRepository = offsetRepository;
        this.calculator = calculator;
        this.indicators = indicators;
        this.publisher = publisher;
        this.convention = convention;
        this.metrics = metrics;
    }

    @Override
    public boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) throws SQLException {
        return this.recovery.recover(consumer, partitions, partitionCount);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        this.offsets.remove(partitions);
        this.recovery.reset();
        this.calculator.evict((instrument) -> {
            TopicPartition partition = this.partitionsByInstrument.get(instrument);
            return partition == null || partitions.contains(partition);
        });
        this.partitionsByInstrument.values().removeAll(partitions);
    }

    @Override
    public long nextDeadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        CandleBatch batch = this.decoder.decode(records);
        this.partitionsByInstrument.putAll(batch.partitions());
        List<Candle> withdrawn = batch.drainWithdrawn();
        do {
            Map<SeriesKey, NavigableMap<Long, Candle>> part = batch.pollPart(this.calculator::needsHistory);
            if (batch.isEmpty()) {
                this.offsets.advance(batch.nextOffsets());
            }
            processPart(part, withdrawn);
            withdrawn = List.of();
        }
        while (!batch.isEmpty());
    }

    /**
     * Computes, stores, and publishes some series. Every part is fenced, and the last
     * part of a poll advances the offsets.
     */
    private void processPart(Map<SeriesKey, NavigableMap<Long, Candle>> part, List<Candle> withdrawn)
            throws SQLException {
        long start = System.nanoTime();
        IndicatorChanges changes = computeChanges(part, withdrawn);
        Set<@Nullable TopicPartition> writtenPartitions = new HashSet<>();
        changes.spans()
            .keySet()
            .forEach((series) -> writtenPartitions.add(this.partitionsByInstrument.get(series.instrument())));
        withdrawn.forEach((candle) -> writtenPartitions.add(this.partitionsByInstrument.get(candle.instrument())));
        List<OffsetAdvance> advances = this.offsets.pendingCommits((partition) -> toKeys(partition, changes),
                writtenPartitions::contains);
        if (advances.isEmpty()) {
            return;
        }
        RetryingTransaction.run(this.dataSource, (connection) -> {
            this.indicators.put(connection, changes.toStore());
            this.indicators.upsertSeries(connection, changes.spans());
            this.indicators.remove(connection, changes.withdrawn());
            this.offsetRepository.advance(connection, advances);
            return advances;
        });
        this.offsets.markCommitted();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        changes.withdrawn()
            .forEach((candle) -> records.add(IndicatorRecordFactory.createWithdrawn(candle, this.convention)));
        changes.toPublish().stream().map(IndicatorRecordFactory.mapperFor(this.convention)).forEach(records::add);
        this.publisher.publish(records);
        this.metrics.recordCycle(changes, System.nanoTime() - start);
    }

    private IndicatorChanges computeChanges(Map<SeriesKey, NavigableMap<Long, Candle>> part, List<Candle> withdrawn)
            throws SQLException {
        if (part.isEmpty() && withdrawn.isEmpty()) {
            return new IndicatorChanges();
        }
        try (Connection connection = this.dataSource.getConnection()) {
            return this.calculator.computeChanges(connection, part, withdrawn);
        }
    }

    private @Nullable String toKeys(TopicPartition partition, IndicatorChanges changes) {
        List<Candle> publishedCandles = new ArrayList<>(changes.withdrawn());
        changes.toPublish().forEach((candleWithIndicators) -> publishedCandles.add(candleWithIndicators.candle()));
        publishedCandles.removeIf((candle) -> !partition.equals(this.partitionsByInstrument.get(candle.instrument())));
        return publishedCandles.isEmpty() ? null : CandleKeyJson.write(publishedCandles);
    }

}
