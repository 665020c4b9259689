package pregao.strategy.indicator;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Topic;
import pregao.contracts.execution.ExecutionReport;
import pregao.loop.fence.Move;
import pregao.loop.fence.Positions;
import pregao.loop.fence.ProgressStore;
import pregao.strategy.execution.Outcomes;

/**
 * The loop's part that takes execution reports: what they say is written, once, in the
 * transaction that moves their offsets on. Their bots hear of it afterwards, wherever the
 * minutes of their instruments come.
 */
final class Reporting {

    private final Decoding decoding;

    private final Positions positions;

    private final ProgressStore progress;

    private final Outcomes outcomes;

    Reporting(Decoding decoding, Positions positions, ProgressStore progress, Outcomes outcomes) {
        this.decoding = decoding;
        this.positions = positions;
        this.progress = progress;
        this.outcomes = outcomes;
    }

    /** Takes the reports of a batch, before anything is decided on it. */
    void take(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        List<ExecutionReport> reports = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().equals(Topic.EXECUTION_REPORT.topicName())) {
                next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                ExecutionReport report = this.decoding.report(record);
                if (report != null) {
                    reports.add(report);
                }
            }
        }
        if (!reports.isEmpty()) {
            this.positions.read(next);
            List<Move> moves = this.positions.moves(next.keySet());
            this.outcomes.write(reports, (connection) -> this.progress.move(connection, moves));
            this.positions.moved();
        }
    }

}
