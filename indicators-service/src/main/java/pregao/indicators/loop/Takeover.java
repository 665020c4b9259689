package pregao.indicators.loop;

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
import pregao.contracts.indicator.Convention;
import pregao.indicators.candle.History;
import pregao.loop.Publisher;
import pregao.loop.candle.CandleKey;
import pregao.loop.candle.CandleKeys;
import pregao.loop.candle.StoredCandles;
import pregao.loop.fence.Positions;
import pregao.loop.fence.Progress;

/**
 * Takes partitions over: publishes the last batch again, and first computes everything of
 * a partition that was never computed, whose topic has forgotten what came since, or that
 * has values of another convention.
 */
final class Takeover {

    private final DataSource database;

    private final Positions positions;

    private final ConventionStore conventions;

    private final Convention convention;

    private final Publisher publisher;

    private @Nullable Rebuild rebuild;

    Takeover(DataSource database, Positions positions, ConventionStore conventions, Convention convention,
            Publisher publisher) {
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
        Rebuild running = this.rebuild;
        if (running == null) {
            try (Connection connection = this.database.getConnection()) {
                running = begin(connection, consumer, partitions, partitionCount);
            }
            this.rebuild = running;
        }
        if (!running.goOn()) {
            return false;
        }
        this.rebuild = null;
        return true;
    }

    private Rebuild begin(Connection connection, Consumer<String, byte[]> consumer,
            Collection<TopicPartition> partitions, int partitionCount) throws SQLException {
        Map<TopicPartition, @Nullable Progress> found = this.positions.take(connection, consumer, partitions);
        List<ProducerRecord<String, byte[]>> again = new ArrayList<>();
        List<Integer> toRebuild = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Progress at = found.get(partition);
            if (at == null
                    || !this.convention.text().equals(this.conventions.find(connection, partition.partition()))) {
                toRebuild.add(partition.partition());
            }
            else if (at.candles() != null) {
                addLastBatch(connection, CandleKeys.read(at.candles()), again);
            }
        }
        this.publisher.publish(again);
        return new Rebuild(this.database, this.convention, this.conventions, toRebuild, partitionCount);
    }

    private void addLastBatch(Connection connection, List<CandleKey> keys, List<ProducerRecord<String, byte[]>> records)
            throws SQLException {
        for (Candle candle : StoredCandles.withdrawn(connection, keys)) {
            records.add(IndicatorRecords.withdrawn(candle, this.convention));
        }
        History.find(connection, keys).stream().map(IndicatorRecords.of(this.convention)).forEach(records::add);
    }

}
