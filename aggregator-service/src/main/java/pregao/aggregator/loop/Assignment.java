package pregao.aggregator.loop;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.aggregator.candle.CandleKeys;
import pregao.aggregator.candle.CandlePublisher;
import pregao.aggregator.candle.CandleStore;
import pregao.aggregator.state.Progress;
import pregao.aggregator.state.ProgressStore;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;

/**
 * Takes partitions over: goes where the database says they are, publishes again what a
 * crash may have kept back, and takes up the open candles.
 */
final class Assignment {

    private static final Logger log = LoggerFactory.getLogger(Assignment.class);

    private static final Duration BOUND = Duration.ofSeconds(10);

    private final DataSource database;

    private final ProgressStore progress;

    private final CandleStore candles;

    private final CandlePublisher publisher;

    private final Ownership owned;

    private final InstantSource clock;

    Assignment(DataSource database, ProgressStore progress, CandleStore candles, CandlePublisher publisher,
            Ownership owned, InstantSource clock) {
        this.database = database;
        this.progress = progress;
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
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, BOUND);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions, BOUND);
        List<Candle> again = new ArrayList<>();
        try (Connection connection = this.database.getConnection()) {
            for (TopicPartition partition : partitions) {
                long begin = first.getOrDefault(partition, 0L);
                Progress at = found(connection, partition, begin);
                this.owned.own(partition, at.offset());
                consumer.seek(partition, inRange(partition, at.offset(), begin, end.getOrDefault(partition, begin)));
                if (at.candles() != null) {
                    again.addAll(this.candles.find(connection, CandleKeys.read(at.candles())));
                }
            }
            resume(connection, partitionCount);
        }
        this.publisher.publish(again.stream().map(CandleEvent::of).toList());
    }

    private Progress found(Connection connection, TopicPartition partition, long begin) throws SQLException {
        String key = Ownership.key(partition);
        Progress at = this.progress.find(connection, key);
        if (at == null) {
            this.progress.begin(connection, key, begin);
            at = this.progress.find(connection, key);
        }
        if (at == null) {
            throw new IllegalStateException(key + " was begun and is gone");
        }
        return at;
    }

    private static long inRange(TopicPartition partition, long offset, long begin, long end) {
        if (offset >= begin && offset <= end) {
            return offset;
        }
        log.error("{} is to go on at {}, but the topic has {} to {}: going on from its beginning; records in between"
                + " were lost by the topic", partition, offset, begin, end);
        return begin;
    }

    private void resume(Connection connection, int partitionCount) throws SQLException {
        long now = this.clock.millis();
        for (Candle candle : this.candles.forming(connection)) {
            int partition = BuiltInPartitioner.partitionForKey(Utils.utf8(candle.instrument().key()), partitionCount);
            if (this.owned.owns(partition)) {
                this.owned.heard(candle.instrument(), partition, now).restore(candle);
            }
        }
    }

}
