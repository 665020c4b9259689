package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Topic;
import pregao.contracts.execution.ExecutionReport;
import pregao.contracts.execution.ExecutionReportCodec;
import pregao.contracts.session.SessionCodec;
import pregao.contracts.session.SessionEvent;
import pregao.loop.fence.Move;
import pregao.loop.fence.Positions;
import pregao.loop.fence.ProgressStore;
import pregao.loop.fence.Transaction;
import pregao.strategy.erasure.Erasure;
import pregao.strategy.execution.Outcomes;

/**
 * The loop's part that takes what session-service tells: execution reports, and that
 * accounts or people are gone. What follows is written, once, in the transaction that
 * moves the offsets on. Bots hear of their orders afterwards, wherever the minutes of
 * their instruments come.
 */
final class Reporting {

    private final DataSource database;

    private final Decoding decoding;

    private final Positions positions;

    private final ProgressStore progress;

    private final Outcomes outcomes;

    Reporting(DataSource database, Decoding decoding, Positions positions, ProgressStore progress, Outcomes outcomes) {
        this.database = database;
        this.decoding = decoding;
        this.positions = positions;
        this.progress = progress;
        this.outcomes = outcomes;
    }

    /** Takes what a batch tells, before anything is decided on it. */
    void take(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        take(records, Topic.EXECUTION_REPORT, ExecutionReportCodec::decode, this::report);
        take(records, Topic.SESSION, SessionCodec::decode, this::erase);
    }

    private <T> void take(Iterable<ConsumerRecord<String, byte[]>> records, Topic topic, Function<byte[], T> codec,
            Writing<T> writing) throws SQLException {
        List<T> told = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().equals(topic.topicName())) {
                next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                T one = this.decoding.told(record, codec);
                if (one != null) {
                    told.add(one);
                }
            }
        }
        if (!told.isEmpty()) {
            this.positions.read(next);
            writing.write(told, this.positions.moves(next.keySet()));
            this.positions.moved();
        }
    }

    private void report(List<ExecutionReport> reports, List<Move> moves) throws SQLException {
        this.outcomes.write(reports, (connection) -> this.progress.move(connection, moves));
    }

    private void erase(List<SessionEvent> events, List<Move> moves) throws SQLException {
        Transaction.run(this.database, (Connection connection) -> {
            for (SessionEvent event : events) {
                Erasure.after(connection, event);
            }
            this.progress.move(connection, moves);
            return events;
        });
    }

    /**
     * Writes what was told, with how far it is read.
     *
     * @param <T> what was told
     */
    private interface Writing<T> {

        void write(List<T> told, List<Move> moves) throws SQLException;

    }

}
