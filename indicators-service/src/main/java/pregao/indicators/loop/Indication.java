package pregao.indicators.loop;

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
import pregao.contracts.indicator.Convention;
import pregao.indicators.candle.Series;
import pregao.indicators.indicator.Calculation;
import pregao.indicators.indicator.Changes;
import pregao.indicators.indicator.ValueStore;
import pregao.loop.Publisher;
import pregao.loop.Work;
import pregao.loop.candle.CandleKeys;
import pregao.loop.fence.Move;
import pregao.loop.fence.Positions;
import pregao.loop.fence.ProgressStore;
import pregao.loop.fence.Transaction;

/**
 * The work of the loop: candles in, values stored and then published with their candles.
 */
final class Indication implements Work {

    private final DataSource database;

    private final Decoding decoding;

    private final Takeover takeover;

    private final Positions positions;

    private final ProgressStore progress;

    private final Calculation calculation;

    private final ValueStore values;

    private final Publisher publisher;

    private final Convention convention;

    private final IndicationMetrics metrics;

    /** Whose candles are remembered, by where they come from. */
    private final Map<Instrument, TopicPartition> heard = new HashMap<>();

    Indication(DataSource database, Decoding decoding, Takeover takeover, Positions positions, ProgressStore progress,
            Calculation calculation, ValueStore values, Publisher publisher, Convention convention,
            IndicationMetrics metrics) {
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
    public boolean take(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions, int partitionCount)
            throws SQLException {
        return this.takeover.take(consumer, partitions, partitionCount);
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        this.positions.forget(partitions);
        this.takeover.forget();
        this.calculation.forget((instrument) -> {
            TopicPartition partition = this.heard.get(instrument);
            return partition == null || partitions.contains(partition);
        });
        this.heard.values().removeAll(partitions);
    }

    @Override
    public long nextDue() {
        return Long.MAX_VALUE;
    }

    @Override
    public void step(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        Batch batch = this.decoding.read(records);
        this.heard.putAll(batch.partitions());
        List<Candle> withdrawn = batch.takeWithdrawn();
        do {
            Map<Series, NavigableMap<Long, Candle>> part = batch.nextPart(this.calculation::reachesBack);
            if (batch.isEmpty()) {
                this.positions.read(batch.next());
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
    private void step(Map<Series, NavigableMap<Long, Candle>> part, List<Candle> withdrawn) throws SQLException {
        long start = System.nanoTime();
        Changes changes = changes(part, withdrawn);
        Set<@Nullable TopicPartition> written = new HashSet<>();
        changes.spans().keySet().forEach((series) -> written.add(this.heard.get(series.instrument())));
        withdrawn.forEach((candle) -> written.add(this.heard.get(candle.instrument())));
        List<Move> moves = this.positions.moves((partition) -> keys(partition, changes), written::contains);
        if (moves.isEmpty()) {
            return;
        }
        Transaction.run(this.database, (connection) -> {
            this.values.put(connection, changes.toStore());
            this.values.span(connection, changes.spans());
            this.values.remove(connection, changes.withdrawn());
            this.progress.move(connection, moves);
            return moves;
        });
        this.positions.moved();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        changes.withdrawn().forEach((each) -> records.add(IndicatorRecords.withdrawn(each, this.convention)));
        changes.toPublish().stream().map(IndicatorRecords.of(this.convention)).forEach(records::add);
        this.publisher.publish(records);
        this.metrics.stepped(changes, System.nanoTime() - start);
    }

    private Changes changes(Map<Series, NavigableMap<Long, Candle>> part, List<Candle> withdrawn) throws SQLException {
        if (part.isEmpty() && withdrawn.isEmpty()) {
            return new Changes();
        }
        try (Connection connection = this.database.getConnection()) {
            return this.calculation.of(connection, part, withdrawn);
        }
    }

    private @Nullable String keys(TopicPartition partition, Changes changes) {
        List<Candle> published = new ArrayList<>(changes.withdrawn());
        changes.toPublish().forEach((each) -> published.add(each.candle()));
        published.removeIf((candle) -> !partition.equals(this.heard.get(candle.instrument())));
        return published.isEmpty() ? null : CandleKeys.write(published);
    }

}
